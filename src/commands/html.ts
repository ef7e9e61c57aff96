import { join } from 'node:path';
import { stageFiles } from '../core/files.ts';
import { type Command, UsageError } from './command.ts';
import { readTeiFiles } from './read-tei-file.ts';

export const html: Command = {
  name: 'html',
  summary: 'TEI → a website',
  usage: 'FILE.xml… [-o DIR]',
  options: { out: { type: 'string', short: 'o' }, sort: { type: 'string' }, direction: { type: 'string' } },
  help: {
    '-o, --out DIR': 'folder of the site (default: html)',
    '--sort stroke|pinyin': 'order of the registers (default: stroke)',
    '--direction vertical|horizontal': 'direction of the text on wide screens (default: vertical)',
  },
  examples: ['weibian html out/tei/*.xml -o site'],
  async run(values, files, terminal) {
    if (files.length === 0) throw new UsageError('html takes one or more TEI files');
    const sort = values.sort ?? 'stroke';
    if (sort !== 'stroke' && sort !== 'pinyin') throw new UsageError('--sort takes stroke or pinyin');
    const direction = values.direction ?? 'vertical';
    if (direction !== 'vertical' && direction !== 'horizontal') {
      throw new UsageError('--direction takes vertical or horizontal');
    }
    const documents = readTeiFiles(files, terminal);
    if (!documents) return;
    terminal.progress('making the site');
    const { makeSite } = await import('../edition/build-html.ts');
    const folder = String(values.out ?? 'html');
    const staged = stageFiles(folder);
    let count = 0;
    try {
      await makeSite(documents, { sort, direction }, terminal.report, (file) => {
        staged.write(file);
        count += 1;
      });
      if (terminal.diagnostics.some(({ severity }) => severity === 'error')) return;
      staged.commit();
    } finally {
      staged.discard();
    }
    terminal.log(`${join(folder, 'index.html')}: ${count} files`);
  },
};
