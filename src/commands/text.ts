import { readBody } from '../core/body-text.ts';
import { type Command, UsageError } from './command.ts';
import { readTeiFile } from './read-tei-file.ts';

export const text: Command = {
  name: 'text',
  summary: 'TEI → the source text, byte for byte',
  usage: 'FILE.xml',
  options: {},
  help: {},
  examples: ['weibian text out/tei/xixiaji-03.xml | cmp - corpus/xixiaji-03.txt'],
  async run(_values, files, terminal) {
    const [file, ...more] = files;
    if (file === undefined || more.length > 0) throw new UsageError('text takes one TEI file');
    const document = readTeiFile(file, terminal);
    if (!document) return;
    const { text: source, byteOrderMark } = readBody(document.xml);
    terminal.write(`${byteOrderMark ? '\u{feff}' : ''}${source}`);
  },
};
