import { join } from 'node:path';
import { writeFileAtomic } from '../core/files.ts';
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
    const { buildHtml } = await import('../edition/build-html.ts');
    const pages = await buildHtml(documents, { sort, direction }, terminal.report);
    if (terminal.diagnostics.some(({ severity }) => severity === 'error')) return;
    const folder = String(values.out ?? 'html');
    for (const { path, content } of pages) writeFileAtomic(join(folder, path), content);
    terminal.log(`${join(folder, 'index.html')}: ${pages.length} files`);
  },
};
