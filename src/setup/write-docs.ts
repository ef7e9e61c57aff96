import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cliReference, diagnosticsReference } from '../commands/reference.ts';
import { writeFileAtomic } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import { encodingPage } from './encoding-page.ts';
import { readGrammar } from './grammar.ts';
import { readOdd } from './odd.ts';
import { extractSchematron } from './odd-schematron.ts';

// `npm run docs`: the pages of docs/ that are made from the code and from the ODD, and the Schematron that the ODD holds.

const read = (path: string): string => readFileSync(new URL(path, packageRoot), 'utf8');
const odd = readOdd(read('schemas/weibian.odd'));
const pages = {
  'docs/diagnostics.md': diagnosticsReference(),
  'docs/cli.md': cliReference(),
  'docs/encoding.md': encodingPage(odd, readGrammar(read('schemas/weibian.rng'))),
  'schemas/weibian.sch': extractSchematron(odd),
};
for (const [path, content] of Object.entries(pages))
  writeFileAtomic(fileURLToPath(new URL(path, packageRoot)), content);
