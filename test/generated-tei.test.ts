import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateTei } from '../src/validate/validate.ts';
import { TeiGenerator } from './generate-tei.ts';
import { randomOf } from './mutate-xml.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const schema = here('../schemas/weibian.rng');
const teiAll = here('../../shared/schemas/tei_all.rng');
const generator = new TeiGenerator(readFileSync(schema, 'utf8'), randomOf(20261125));
const documents = Array.from({ length: Number(process.env.GENERATED ?? 100) }, () => generator.document());

describe('documents generated from weibian.rng', () => {
  it('show all of it', () => {
    expect(generator.unseen()).toEqual([]);
  });

  it('are valid here', async () => {
    for (const [at, document] of documents.entries()) {
      const found: string[] = [];
      await validateTei(document, `${at}.xml`, { until: 'schema' }, ({ message }) => found.push(message));
      expect(found, document).toEqual([]);
    }
  });

  it('are not valid any more when something is changed', async () => {
    const changed = documents[0]!.replace('<standOff', '<standoff').replace('</standOff', '</standoff');
    const found: string[] = [];
    await validateTei(changed, 'changed.xml', { until: 'schema' }, ({ code }) => found.push(code));
    expect(found).toEqual(['validate/unexpected-element']);
  });
});

const jing = spawnSync('jing', ['--help']).error === undefined;

describe.skipIf(!jing)('jing on documents generated from weibian.rng (skipped where jing is not at hand)', () => {
  let folder: string;
  let files: string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'weibian-generated-'));
    files = documents.map((document, at) => {
      const file = join(folder, `${String(at).padStart(3, '0')}.xml`);
      writeFileSync(file, document);
      return file;
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds them valid in weibian.rng', () => expect(refusals(schema, files)).toEqual([]));

  it.skipIf(!existsSync(teiAll))('finds them valid in tei_all (skipped where tei_all.rng is not at hand)', () => {
    expect(refusals(teiAll, files)).toEqual([]);
  });
});

/** What jing says against files. */
function refusals(rng: string, files: readonly string[]): string[] {
  const { stdout } = spawnSync('jing', [rng, ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return stdout.split('\n').filter((line) => /: (?:fatal|error):/.test(line));
}
