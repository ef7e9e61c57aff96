import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { explainAnnotations, writeStandoff } from '../annotate/standoff.ts';
import { readEditionConfig } from '../config/edition-config.ts';
import { readWrittenText } from '../core/body-text.ts';
import { readBytes, writeFileAtomic } from '../core/files.ts';
import { schemaFiles } from '../tei/schema-files.ts';
import { type Command, UsageError } from './command.ts';
import { convertDocument } from './convert-document.ts';
import { defaultEdition } from './default-edition.ts';

export const convert: Command = {
  name: 'convert',
  summary: 'plain text → TEI',
  usage: 'FILE.txt [-o OUT.xml]',
  options: {
    out: { type: 'string', short: 'o' },
    start: { type: 'string' },
    title: { type: 'string' },
    juan: { type: 'string' },
    edition: { type: 'string', short: 'e' },
    standoff: { type: 'string' },
    explain: { type: 'boolean' },
  },
  help: {
    '-o, --out FILE': 'write the TEI there, and the schemas that it names beside it (default: standard output)',
    '--start 咸平二年': 'the year in which the text starts, where it has no year headings',
    '--title TITLE': 'title of the work (default: the name of the file)',
    '--juan N': 'number of the juan',
    '-e, --edition FILE': 'take header, authority files and start from this edition.json',
    '--explain': 'tell for each annotation what it was resolved to and which rule made it',
    '--standoff FILE': 'write the annotations as JSON lines too (offsets in code points)',
  },
  examples: ['weibian convert juan3.txt -o juan3.xml --start 咸平二年', 'weibian convert - < juan3.txt > juan3.xml'],
  async run(values, files, terminal) {
    const [file, ...more] = files;
    if (file === undefined || more.length > 0)
      throw new UsageError('convert takes one text file, or - for standard input');
    const bytes = file === '-' ? terminal.readInput() : readBytes(file);
    const juan = values.juan === undefined ? undefined : Number(values.juan);
    if (juan !== undefined && !(Number.isInteger(juan) && juan > 0))
      throw new UsageError('--juan takes a whole number');
    const edition =
      values.edition === undefined
        ? defaultEdition(file === '-' ? 'standard-input' : file, values.title as string | undefined, terminal.report)
        : readEditionConfig(String(values.edition), terminal.report);
    if (!edition) return;
    const known = edition.documents.find((document) => document.file === resolve(file));
    const document = {
      ...known,
      file,
      ...(values.start === undefined ? {} : { start: String(values.start) }),
      ...(juan === undefined ? {} : { juan }),
    };
    const converted = convertDocument(bytes, document, edition, terminal.version, terminal.report);
    if (!converted) return;
    const { text, tei } = converted;
    if (readWrittenText(tei.xml) !== text.source.text.text) throw new Error('the TEI does not give back the source');
    if (values.standoff !== undefined) {
      writeFileAtomic(String(values.standoff), writeStandoff(text, edition.authority));
    }
    if (values.explain) for (const line of explainAnnotations(text, edition.authority)) terminal.log(line);
    if (values.out === undefined) terminal.write(tei.xml);
    else {
      const out = String(values.out);
      writeFileAtomic(out, tei.xml);
      for (const { path, content } of schemaFiles()) {
        const beside = join(dirname(out), path);
        // A schema that stands there may be the user's own.
        if (!existsSync(beside)) writeFileAtomic(beside, content);
      }
      terminal.log(`${values.out}: ${text.entries.length} entries, ${text.annotations.length} annotations`);
    }
  },
};
