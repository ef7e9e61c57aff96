import { join } from 'node:path';
import { readEditionConfig } from '../config/edition-config.ts';
import { writeFileAtomic } from '../core/files.ts';
import { type Command, UsageError } from './command.ts';
import { printOptions } from './print-options.ts';
import { readTeiFiles } from './read-tei-file.ts';

export const print: Command = {
  name: 'print',
  summary: 'TEI → a book in PDF, SVG or HTML for print',
  usage: 'FILE.xml… [-o FILE.pdf]',
  options: {
    out: { type: 'string', short: 'o' },
    edition: { type: 'string', short: 'e' },
    preset: { type: 'string' },
    size: { type: 'string' },
    punctuation: { type: 'string' },
    apparatus: { type: 'string' },
    sheet: { type: 'string' },
    profile: { type: 'string' },
    red: { type: 'string' },
    spot: { type: 'string' },
    bleed: { type: 'string' },
    'no-marks': { type: 'boolean' },
    fonts: { type: 'string' },
    without: { type: 'string' },
    pages: { type: 'string' },
    range: { type: 'string' },
  },
  help: {
    '-o, --out FILE': 'the file; a folder for SVG (default: named by the id of the TEI, in this folder)',
    '-e, --edition FILE': 'take the layout from this edition.json',
    '--preset NAME': 'keben (woodblock leaf), qianyin (letterpress, vertical) or horizontal (default: keben)',
    '--size NAME': 'A4, A5, 16開, 大16開, 32開, 大32開, or millimetres as in 148x210',
    '--punctuation KIND': 'judou (marks beside the characters), full or none',
    '--apparatus PLACE': 'notes of the editors at the end of the juan (end), beside the columns (side), or none',
    '--sheet half|leaf': 'a page for each half-leaf, or whole leaves to be folded',
    '--profile NAME': 'screen, press (CMYK, bleed, marks) or archive (PDF/A) (default: screen)',
    '--red INK': 'for the press, red marks as cmyk, as a spot colour, or black (default: cmyk)',
    '--spot NAME': 'for the press, the name of that spot colour (default: Cinnabar)',
    '--bleed MM': 'for the press, millimetres beyond the page (default: 3)',
    '--no-marks': 'for the press, no crop and registration marks',
    '--fonts A.ttf,B.ttf': 'TrueType fonts that are asked for a character before those of weibian',
    '--without PART,…': 'leave out principles (凡例), contents, indexes, interventions (校改表) or glyphs (字形表)',
    '--pages pdf|svg|json|html':
      'what is written: a PDF, a picture of each page, the placed characters, or one HTML file',
    '--range 1-4,7,20-': 'only these pages',
  },
  examples: [
    'weibian print out/tei/xixiaji-03.xml -o xixiaji-03.pdf',
    'weibian print out/tei/*.xml --preset qianyin --size A5 --profile press -o book.pdf',
    'weibian print out/tei/xixiaji-03.xml --pages svg --range 3-4 -o pictures',
  ],
  async run(values, files, terminal) {
    if (files.length === 0) throw new UsageError('print takes one or more TEI files');
    // Wrong usage is told before anything is read.
    printOptions(values, {}, '.');
    const edition =
      values.edition === undefined ? undefined : readEditionConfig(String(values.edition), terminal.report);
    if (values.edition !== undefined && !edition) return;
    const documents = readTeiFiles(files, terminal);
    if (!documents) return;
    terminal.progress('setting pages');
    const { buildPrint } = await import('../edition/build-print.ts');
    const options = printOptions(values, edition?.layout ?? {}, edition?.folder ?? '.');
    const made = await buildPrint(documents, options, terminal.report);
    if (terminal.diagnostics.some(({ severity }) => severity === 'error')) return;
    if (made.length === 0) throw new UsageError('--range names no page of this book');
    const out = values.out === undefined ? undefined : String(values.out);
    for (const { path, content } of made) {
      const target = out === undefined ? path : options.form === 'svg' ? join(out, path) : out;
      writeFileAtomic(target, content);
      terminal.log(`${target}: ${Buffer.byteLength(content)} bytes`);
    }
  },
};
