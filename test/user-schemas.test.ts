import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { readQuietly } from '../src/core/files.ts';
import { loadUserSchemas, type UserSchemaOptions, type UserSchemas } from '../src/validate/user-schemas.ts';
import { validateTei } from '../src/validate/validate.ts';
import { readXsdRegex } from '../src/validate/xsd-regex.ts';
import { expectFile } from './fixture-folders.ts';
import { mutate, randomOf } from './mutate-xml.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const root = here('fixtures/schemas');
const teiAll = here('../../shared/schemas/tei_all.rng');

/** Reads below a folder: paths in diagnostics are then the same on every machine. */
const below = (folder: string) => (path: string) => readQuietly(join(folder, path));

async function load(
  folder: string,
  paths: readonly string[],
  options: UserSchemaOptions = {},
): Promise<{ schemas: UserSchemas | undefined; found: Diagnostic[] }> {
  const found: Diagnostic[] = [];
  const schemas = await loadUserSchemas(paths, below(folder), options, (one) => found.push(one));
  return { schemas, found };
}

async function validate(text: string | Uint8Array, file: string, schemas: UserSchemas): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  await validateTei(text, file, { schemas }, (one) => found.push(one));
  return found;
}

/** `file:line:column severity code message`, as in expected.txt. */
function line({ code, severity, file, range, message, path, related }: Diagnostic): string {
  const more = (related ?? []).map((one) => ` [${one.file}:${one.range.start.line} ${one.message}]`).join('');
  return `${file}:${range?.start.line}:${range?.start.column} ${severity} ${code} ${message}${path ? ` (${path})` : ''}${more}`;
}

const documents = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .sort();

describe('schemas and documents of each kind', () => {
  const cases = readdirSync(root).filter((name) => !['broken', 'tei', 'types'].includes(name));
  it.each(cases)('%s', async (name) => {
    const folder = join(root, name);
    const schema = existsSync(join(folder, 'schema.rng')) ? 'schema.rng' : 'schema.sch';
    const { schemas, found } = await load(folder, [schema]);
    expect(found.map(line)).toEqual([]);
    const lines: string[] = [];
    for (const file of documents(folder)) {
      const errors = await validate(readFileSync(join(folder, file)), file, schemas!);
      lines.push(`${file} ${errors.length === 0 ? 'valid' : 'not valid'}`, ...errors.map((one) => `  ${line(one)}`));
    }
    expectFile(join(folder, 'expected.txt'), `${lines.join('\n')}\n`);
  });
});

it('tells every fault of a schema, with its place', async () => {
  const folder = join(root, 'broken');
  const lines: string[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (file === 'expected.txt' || file === 'twice-ok.rng') continue;
    const { schemas, found } = await load(folder, [file]);
    expect(schemas, file).toBeUndefined();
    expect(found, file).toHaveLength(1);
    lines.push(`${file}: ${line(found[0]!)}`);
  }
  const { found } = await load(folder, ['none.rng']);
  lines.push(`none.rng: ${line(found[0]!)}`);
  expectFile(join(folder, 'expected.txt'), `${lines.join('\n')}\n`);
});

it('reads values of every datatype as jing does', async () => {
  const { schemas } = await load(join(root, 'types'), ['schema.rng']);
  const values = JSON.parse(readFileSync(join(root, 'types/values.json'), 'utf8')) as [string, string, boolean][];
  const wrong: string[] = [];
  for (const [type, value, valid] of values) {
    const text = value.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
    const found = await validate(`<r xmlns:a="urn:a"><${type}>${text}</${type}></r>`, 'v.xml', schemas!);
    const refused = found.some(({ severity }) => severity === 'error');
    if (refused === valid) wrong.push(`${type} ${JSON.stringify(value)}: expected ${valid}`);
  }
  expect(wrong).toEqual([]);
  expect(values.length).toBeGreaterThan(400);
});

describe('regular expressions of XML Schema', () => {
  it.each([
    ['[a-z-[aeiou]]+', 'bcd', 'bad'],
    ['\\i\\c*', 'xml:id', '1a'],
    ['\\p{IsHiragana}+', 'ひら', 'カタ'],
    ['\\P{Lu}+', 'abc', 'aBc'],
    ['[^\\s]{2,3}', 'ab', 'a b'],
    ['a|b{2}', 'bb', 'b'],
    ['^$', '^$', ''],
    ['[\\-x]+', '-x', 'y'],
    ['\\w+', '字1', '-'],
    ['.', '𠀀', '\n'],
  ])('%s', (pattern, yes, no) => {
    expect(readXsdRegex(pattern).test(yes)).toBe(true);
    expect(readXsdRegex(pattern).test(no)).toBe(false);
  });

  it.each(['[a', '(a', 'a)', '*', 'a{2,1}', '\\q', '\\p{Foo}', '[b-a]', '[]', 'a]'])('refuses %s', (pattern) => {
    expect(() => readXsdRegex(pattern)).toThrow();
  });
});

describe('Schematron', () => {
  const folder = join(root, 'schematron');

  it('runs the phase that is asked for', async () => {
    const { schemas } = await load(folder, ['schema.sch'], { phase: 'final' });
    const found = await validate(readFileSync(join(folder, 'a.xml')), 'a.xml', schemas!);
    expect(new Set(found.map(({ message }) => message))).toEqual(new Set(['Numbers are left. (assertion `final`)']));
  });

  it('keeps what is compiled, and compiles anew when a file changes', async () => {
    const kept = new Map<string, string>();
    let writes = 0;
    const schemaCache = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: string) => {
        writes++;
        kept.set(key, value);
      },
    };
    const files = new Map([
      ['a.rng', '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="b.rng"/></grammar>'],
      [
        'b.rng',
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="a"><empty/></element></start></grammar>',
      ],
    ]);
    const read = (path: string): Uint8Array | undefined =>
      files.has(path) ? Buffer.from(files.get(path)!) : undefined;
    const valid = async (): Promise<boolean> => {
      const schemas = await loadUserSchemas(['a.rng'], read, { schemaCache }, () => {});
      expect(schemas?.files).toEqual(['a.rng', 'b.rng']);
      return (await validate('<a/>', 'x.xml', schemas!)).length === 0;
    };
    expect(await valid()).toBe(true);
    expect(await valid()).toBe(true);
    expect(writes).toBe(1);
    files.set('b.rng', files.get('b.rng')!.replace('"a"', '"b"'));
    expect(await valid()).toBe(false);
    expect(writes).toBe(2);
  });
});

describe('xml-model', () => {
  const small = readFileSync(here('fixtures/validate/valid/small.xml'), 'utf8');
  const letters =
    '<element name="TEI" ns="http://www.tei-c.org/ns/1.0" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>';

  async function codes(instructions: string, files: Readonly<Record<string, string>>): Promise<string[]> {
    const found: Diagnostic[] = [];
    const read = (path: string): Uint8Array | undefined => (path in files ? Buffer.from(files[path]!) : undefined);
    await validateTei(small.replace('<TEI', `${instructions}\n<TEI`), 'edition/a.xml', { files: read }, (one) =>
      found.push(one),
    );
    return found.map(({ code }) => code);
  }

  it('takes a local schema in place of ours, resolved against the document', async () => {
    const found = await codes('<?xml-model href="../schemas/my%20letters.rng"?>', {
      'schemas/my letters.rng': letters,
    });
    expect(found).not.toEqual([]);
    expect(new Set(found)).toEqual(new Set(['validate/unexpected-attribute', 'validate/unexpected-element']));
  });

  it('takes our own where it is named, also when it is not there', async () => {
    const own = '<?xml-model href="weibian.rng"?><?xml-model href="https://example.org/weibian.sch"?>';
    expect(await codes(own, {})).toEqual([]);
    const bytes = readFileSync(here('../schemas/weibian.rng'), 'utf8');
    expect(await codes('<?xml-model href="copy.rng"?>', { 'edition/copy.rng': bytes })).toEqual([]);
  });

  it('reads no instruction inside the document, and nothing without a reader', async () => {
    const found: Diagnostic[] = [];
    const inside = small.replace('<teiHeader>', '<?xml-model href="x.rng"?><teiHeader>');
    await validateTei(inside, 'a.xml', { files: () => undefined }, (one) => found.push(one));
    await validateTei(small.replace('<TEI', '<?xml-model href="x.rng"?>\n<TEI'), 'a.xml', {}, (one) => found.push(one));
    expect(found).toEqual([]);
  });
});

/** Lines of the first error by file, where jing refuses it. */
function jingRefuses(schema: string, files: readonly string[]): Map<string, number> {
  const { stdout } = spawnSync('jing', [schema, ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const refused = new Map<string, number>();
  for (const row of stdout.split('\n')) {
    const [, file, at] = /^(.*?):(\d+):\d+: (?:fatal|error):/.exec(row) ?? [];
    if (file && !refused.has(file)) refused.set(file, Number(at));
  }
  return refused;
}

const jing = spawnSync('jing', ['--help']).error === undefined;

/** Verdicts on documents and mutants of them that differ from jing's. */
async function differences(schema: string, folder: string, mutants: number): Promise<string[]> {
  const temporary = mkdtempSync(join(tmpdir(), 'weibian-schemas-'));
  const random = randomOf(20261125);
  const bases = documents(folder).map((name) => join(folder, name));
  const made = Array.from({ length: mutants }, (_, number) => {
    const file = join(temporary, `${String(number).padStart(4, '0')}.xml`);
    writeFileSync(file, mutate(readFileSync(bases[number % bases.length]!, 'utf8'), random));
    return file;
  });
  const { schemas, found } = await load('', [schema]);
  expect(found).toEqual([]);
  const files = [...bases, ...made];
  const refused = jingRefuses(schema, files);
  expect(refused.size).toBeGreaterThan(0);
  const wrong: string[] = [];
  for (const file of files) {
    const errors: Diagnostic[] = [];
    const options = { schemas: schemas!, until: 'schema' as const };
    await validateTei(readFileSync(file), file, options, (one) => errors.push(one));
    if (errors.length > 0 !== refused.has(file))
      wrong.push(`${file}: jing ${refused.has(file) ? 'refuses' : 'accepts'} it`);
  }
  rmSync(temporary, { recursive: true });
  return wrong;
}

describe.skipIf(!jing)('against jing (skipped where it is not at hand)', () => {
  const grammars = readdirSync(root).filter((name) => existsSync(join(root, name, 'schema.rng')) && name !== 'types');
  it.each(grammars)('the same verdicts: %s', async (name) => {
    expect(await differences(join(root, name, 'schema.rng'), join(root, name), 60)).toEqual([]);
  });

  it('refuses the schemas that jing refuses', () => {
    const folder = join(root, 'broken');
    const names = readdirSync(folder).filter(
      (name) => name.endsWith('.rng') && !/^(?:twice-ok|include-remote)/.test(name),
    );
    const document = join(root, 'white/a.xml');
    const accepted = names.filter((name) => spawnSync('jing', [join(folder, name), document]).status === 0);
    expect(names.length).toBeGreaterThan(15);
    expect(accepted).toEqual([]);
  }, 300_000);

  it.skipIf(!existsSync(teiAll))(
    'the same verdicts on TEI of every module, and on mutants',
    async () => {
      expect(await differences(teiAll, join(root, 'tei'), Number(process.env.MUTANTS ?? 150))).toEqual([]);
    },
    300_000,
  );
});
