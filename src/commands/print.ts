import { readEditionConfig } from '../config/edition-config.ts';
import { writeFileAtomic } from '../core/files.ts';
import { type Command, UsageError } from './command.ts';
import { printFormat } from './print-format.ts';
import { readTeiFiles } from './read-tei-file.ts';

export const print: Command = {
  name: 'print',
  summary: 'TEI → a book in PDF',
  usage: 'FILE.xml… [-o FILE.pdf]',
  options: { out: { type: 'string', short: 'o' }, edition: { type: 'string', short: 'e' } },
  help: {
    '-o, --out FILE': 'the PDF (default: the id of the TEI, in this folder)',
    '-e, --edition FILE': 'take page, grid and punctuation from `layout` of this edition.json',
  },
  examples: ['weibian print out/tei/xixiaji-03.xml -o xixiaji-03.pdf'],
  async run(values, files, terminal) {
    if (files.length === 0) throw new UsageError('print takes one or more TEI files');
    const edition =
      values.edition === undefined ? undefined : readEditionConfig(String(values.edition), terminal.report);
    if (values.edition !== undefined && !edition) return;
    const documents = readTeiFiles(files, terminal);
    if (!documents) return;
    terminal.progress('setting pages');
    const { buildPrint } = await import('../edition/build-print.ts');
    const made = await buildPrint(documents, { format: printFormat(edition?.layout ?? {}) }, terminal.report);
    if (terminal.diagnostics.some(({ severity }) => severity === 'error')) return;
    for (const { path, content } of made) {
      const target = values.out === undefined ? path : String(values.out);
      writeFileAtomic(target, content);
      terminal.log(`${target}: ${content.length} bytes`);
    }
  },
};
