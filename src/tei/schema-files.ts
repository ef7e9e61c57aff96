import { readFileSync } from 'node:fs';
import type { OutputFile } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';

/** The schemas that a TEI file names for editors (xml-model): their paths beside it, and the namespaces of their languages. */
export const schemas = [
  { path: 'schemas/weibian.rng', namespace: 'http://relaxng.org/ns/structure/1.0' },
  { path: 'schemas/weibian.sch', namespace: 'http://purl.oclc.org/dsdl/schematron' },
] as const;

/** The schemas as files to lie beside the TEI, so that editors check and complete it without a network. */
export function schemaFiles(): OutputFile[] {
  return schemas.map(({ path }) => ({ path, content: readFileSync(new URL(path, packageRoot), 'utf8') }));
}
