import { fileURLToPath } from 'node:url';
import { cliReference, diagnosticsReference } from '../commands/reference.ts';
import { writeFileAtomic } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';

// `npm run docs`: the pages of docs/ that are made from the code.

const pages = { 'docs/diagnostics.md': diagnosticsReference(), 'docs/cli.md': cliReference() };
for (const [path, content] of Object.entries(pages))
  writeFileAtomic(fileURLToPath(new URL(path, packageRoot)), content);
