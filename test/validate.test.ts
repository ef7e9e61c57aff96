import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CatalogueEntry, type Code, catalogue } from '../src/core/codes.ts';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { readQuietly } from '../src/core/files.ts';
import { elementsNamed, parseXml } from '../src/core/xml.ts';
import { checkWellFormed } from '../src/validate/check-well-formed.ts';
import { checkForeignSchematron, type ForeignSchematron } from '../src/validate/schematron.ts';
import { loadUserSchemas } from '../src/validate/user-schemas.ts';
import { validateTei } from '../src/validate/validate.ts';
import { mutate, randomOf } from './mutate-xml.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const broken = here('fixtures/diagnostics/validate');
const valid = here('fixtures/validate/valid');
const ours = here('../schemas/weibian.rng');
const teiAll = here('../../shared/schemas/tei_all.rng');

async function validate(input: string | Uint8Array): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  await validateTei(input, 'input.xml', {}, (one) => found.push(one));
  return found;
}

/** Checks the broken file of a folder with all that is beside it; `source.txt` is the text that it should have. */
async function validateFixture(folder: string): Promise<Diagnostic[]> {
  const path = join(broken, folder, 'input.xml');
  const source = join(broken, folder, 'source.txt');
  const found: Diagnostic[] = [];
  const options = {
    exists: existsSync,
    files: readQuietly,
    ...(existsSync(source) && { source: { path: 'source.txt', text: readFileSync(source, 'utf8') } }),
  };
  await validateTei(readFileSync(path), path, options, (one) => found.push(one));
  return found;
}

/** `code line:column message`, as in expected.txt. */
function line({ code, range, message }: Diagnostic): string {
  return `${code} ${range?.start.line}:${range?.start.column} ${message}`;
}

const folders = readdirSync(broken).sort();

describe('broken files: one fault, one diagnostic', () => {
  it.each(folders)('%s', async (folder) => {
    const found = await validateFixture(folder);
    const expected = join(broken, folder, 'expected.txt');
    const lines = `${found.map(line).join('\n')}\n`;
    if (process.env.UPDATE) writeFileSync(expected, lines);
    expect(lines).toBe(readFileSync(expected, 'utf8'));
    expect(found.map(({ code }) => code)).toEqual([`validate/${folder.replace(/\..*$/, '')}`]);
    expect(found[0]?.severity).toBe(catalogue[found[0]!.code].severity);
  });

  it('has a folder for each code', () => {
    // The code needs ten thousand others: safety.test.ts.
    const elsewhere = 'validate/too-many';
    const entries: readonly [string, CatalogueEntry][] = Object.entries(catalogue);
    const codes = entries.flatMap(([code, { level }]) => (level === undefined || code === elsewhere ? [] : [code]));
    const shown = new Set(folders.map((folder) => `validate/${folder.replace(/\..*$/, '')}`));
    expect([...shown].sort()).toEqual(codes.sort());
  });
});

describe('valid files', () => {
  it.each(readdirSync(valid).sort())('%s', async (name) => {
    const bytes = readFileSync(join(valid, name));
    expect((await validate(bytes)).map(line)).toEqual([]);
    const text = bytes.toString('utf8');
    expect((await validate(`\uFEFF${text}`)).map(line)).toEqual([]);
    expect((await validate(text.replaceAll('\n', '\r\n'))).map(line)).toEqual([]);
  });
});

it('gives a place and a path to every diagnostic of the schema and the rules', async () => {
  const [found] = await validate(readFileSync(join(broken, 'name-target/input.xml')));
  expect(found?.path).toBe('/TEI/text/body/div/div/div[1]/head/persName/@ref');
  expect(found?.range?.end.column).toBe(found!.range!.start.column + '<persName'.length);
});

describe('the rules in TypeScript and weibian.sch say the same', () => {
  const schema = parseXml(readFileSync(here('../schemas/weibian.sch'), 'utf8'));
  let rules: readonly ForeignSchematron[] = [];
  beforeAll(async () => {
    // A copy with a comment is no longer ours: it is run as the Schematron of anybody is.
    const copy = Buffer.from(`${readFileSync(here('../schemas/weibian.sch'), 'utf8')}<!-- copy -->`);
    rules = (await loadUserSchemas(
      ['copy.sch'],
      () => copy,
      {},
      (one) => expect(one).toBeUndefined(),
    ))!.schematron;
  });
  const asserted = new Set([...elementsNamed(schema, 'assert')].map(({ attributes }) => `validate/${attributes.id}`));
  const files = [
    ...readdirSync(valid).map((name) => join(valid, name)),
    ...folders.map((folder) => join(broken, folder, 'input.xml')),
  ];
  it.each(files)('%s', async (file) => {
    const text = readFileSync(file, 'utf8');
    if (await schemaErrors(readFileSync(file))) return;
    const index = checkWellFormed(text, file, () => {})!;
    const bySchematron: Diagnostic[] = [];
    await checkForeignSchematron(text, rules, index, file, (one) => {
      const id = /\(assertion `([^`]*)`\)$/.exec(one.message)?.[1];
      bySchematron.push({ ...one, code: `validate/${id}` as Code });
    });
    const places = (found: readonly Diagnostic[]): string[] =>
      found
        .filter(({ code }) => asserted.has(code))
        .map(({ code, range }) => `${code} ${range?.start.line}:${range?.start.column}`)
        .sort();
    expect(places(await validate(readFileSync(file)))).toEqual(places(bySchematron));
  });
});

it('names every assertion of weibian.sch in the catalogue, with the same severity', () => {
  const schema = parseXml(readFileSync(here('../schemas/weibian.sch'), 'utf8'));
  const asserts = [...elementsNamed(schema, 'assert'), ...elementsNamed(schema, 'report')];
  expect(asserts.length).toBeGreaterThan(15);
  for (const { attributes } of asserts) {
    const entry = catalogue[`validate/${attributes.id}` as Code];
    expect(entry, attributes.id).toBeDefined();
    expect(attributes.role).toBe(entry.severity);
  }
});

it('reports each name that is wrong, and is quick with many', async () => {
  const small = readFileSync(join(valid, 'small.xml'), 'utf8');
  const name = '<persName ref="#nobody" resp="#rule">遷</persName>';
  const text = small.replace('秋七月', name.repeat(2000)).replace('quantity="36"', 'quantity="2033"');
  const found = await validate(text);
  expect(found).toHaveLength(2000);
  expect(new Set(found.map(({ range }) => range?.start.column)).size).toBe(2000);
});

it('refuses deep nesting at once', async () => {
  const small = readFileSync(join(valid, 'small.xml'), 'utf8');
  const depth = 50_000;
  const found = await validate(small.replace('秋七月', `${'<q>'.repeat(depth)}秋七月${'</q>'.repeat(depth)}`));
  expect(found.map(({ code }) => code)).toEqual(['validate/too-deep']);
});

/** Paths of the files that jing refuses. */
function jingRefuses(schema: string, files: readonly string[]): Set<string> {
  const { stdout } = spawnSync('jing', [schema, ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return new Set(stdout.split('\n').flatMap((row) => /^(.*?):\d+:\d+: (?:fatal|error):/.exec(row)?.[1] ?? []));
}

/** Folders of files that jing cannot or need not read. */
const unreadable =
  /(?:not-utf-8|not-well-formed|control-character|doctype|too-deep|too-large|xinclude|remote)[^/]*\/input/;

const reference = existsSync(teiAll) && spawnSync('jing', ['--help']).error === undefined;

describe.skipIf(!reference)('against jing (skipped where jing or tei_all.rng is not at hand)', () => {
  it('agrees on the fixtures, and is a part of tei_all', async () => {
    const files = [
      ...readdirSync(valid).map((name) => join(valid, name)),
      ...readdirSync(broken).map((folder) => join(broken, folder, 'input.xml')),
    ].filter((file) => !unreadable.test(file));
    const refused = jingRefuses(ours, files);
    const refusedByTei = jingRefuses(teiAll, files);
    for (const file of files) {
      expect(await schemaErrors(readFileSync(file)), file).toBe(refused.has(file));
      if (!refused.has(file)) expect(refusedByTei.has(file), file).toBe(false);
    }
  });

  it('agrees on mutated documents, and accepts none that tei_all refuses', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(join(tmpdir(), 'weibian-mutants-'));
    const random = randomOf(20261123);
    const bases = readdirSync(valid)
      .sort()
      .map((name) => readFileSync(join(valid, name), 'utf8'));
    const files = Array.from({ length: Number(process.env.MUTANTS ?? 400) }, (_, number) => {
      const file = join(folder, `${String(number).padStart(4, '0')}.xml`);
      writeFileSync(file, mutate(bases[number % bases.length]!, random));
      return file;
    });
    const refused = jingRefuses(ours, files);
    const refusedByTei = jingRefuses(teiAll, files);
    const wrong: string[] = [];
    for (const file of files) {
      const verdict = await schemaErrors(readFileSync(file));
      if (verdict !== refused.has(file)) wrong.push(`${file}: jing ${refused.has(file)}, weibian ${verdict}`);
      if (!refused.has(file) && refusedByTei.has(file)) wrong.push(`${file}: valid here, not in tei_all`);
    }
    expect(wrong).toEqual([]);
    expect(refused.size).toBeGreaterThan(files.length / 4);
    expect(refused.size).toBeLessThan(files.length);
    rmSync(folder, { recursive: true });
  });
});

async function schemaErrors(bytes: Uint8Array): Promise<boolean> {
  let found = false;
  await validateTei(bytes, '', { until: 'schema' }, ({ severity }) => {
    found ||= severity === 'error';
  });
  return found;
}
