import { writeFileAtomic } from '../core/files.ts';
import { type Command, UsageError } from './command.ts';
import { readTeiFiles } from './read-tei-file.ts';

export const epub: Command = {
  name: 'epub',
  summary: 'TEI → an e-book (EPUB 3)',
  usage: 'FILE.xml… [-o FILE.epub]',
  options: { out: { type: 'string', short: 'o' }, sort: { type: 'string' } },
  help: {
    '-o, --out FILE': 'the e-book (default: the id of the TEI, in this folder)',
    '--sort stroke|pinyin': 'order of the registers (default: stroke)',
  },
  examples: ['weibian epub out/tei/*.xml -o xixiaji.epub'],
  async run(values, files, terminal) {
    if (files.length === 0) throw new UsageError('epub takes one or more TEI files');
    const sort = values.sort ?? 'stroke';
    if (sort !== 'stroke' && sort !== 'pinyin') throw new UsageError('--sort takes stroke or pinyin');
    const documents = readTeiFiles(files, terminal);
    if (!documents) return;
    terminal.progress('making the e-book');
    const { buildEpub } = await import('../edition/build-epub.ts');
    const made = await buildEpub(documents, { sort }, terminal.report);
    if (terminal.diagnostics.some(({ severity }) => severity === 'error')) return;
    for (const { path, content } of made) {
      const target = values.out === undefined ? path : String(values.out);
      writeFileAtomic(target, content);
      terminal.log(`${target}: ${content.length} bytes`);
    }
  },
};
