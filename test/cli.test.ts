import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cliReference, diagnosticsReference } from '../src/commands/reference.ts';
import { catalogue } from '../src/core/codes.ts';

// The command line as users have it: dist/cli.js in a process of its own (`npm test` builds it first).

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/cli.js');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weibian-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function weibian(args: readonly string[], options: { cwd?: string; input?: string | Uint8Array } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: options.cwd ?? folder,
    input: options.input ?? '',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 1 << 28,
  });
  return { status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
}

/** Whether two files are equal; a comparison by the test runner would print both. */
const same = (a: string, b: string): boolean => readFileSync(join(folder, a)).equals(readFileSync(join(folder, b)));

/** Path → bytes of every file below a folder. */
function contents(directory: string): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(directory.length), readFileSync(file).toString('base64')]),
  );
}

describe('the example edition', () => {
  test('builds twice to the same bytes, and its TEI gives back the source', { timeout: 180_000 }, () => {
    const first = weibian(['build', join(root, 'edition.json'), '-o', 'one', '--epub', '--quiet']);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const second = weibian(['build', join(root, 'edition.json'), '-o', 'two', '--epub']);
    expect(second.status).toBe(0);
    expect(second.stderr).toMatch(/1 text, 68 entries/);
    const [one, two] = [contents(join(folder, 'one')), contents(join(folder, 'two'))];
    expect([...one.keys()]).toEqual([...two.keys()]);
    expect([...one].filter(([path, bytes]) => two.get(path) !== bytes).map(([path]) => path)).toEqual([]);
    for (const path of [
      '/tei/xixiaji-03.xml',
      '/html/index.html',
      '/html/juan-03.html',
      '/print/xixiaji-03.pdf',
      '/print/xixiaji-03.epub',
      '/report.json',
    ]) {
      expect([...one.keys()]).toContain(path);
    }
    const source = readFileSync(join(root, 'corpus/xixiaji-03.txt'), 'utf8');
    expect(weibian(['text', 'one/tei/xixiaji-03.xml']).stdout).toBe(source);
    expect(weibian(['validate', 'one/tei/xixiaji-03.xml'])).toMatchObject({ status: 0, stdout: '' });
    const scored = weibian([
      ...['score', join(root, 'corpus/xixiaji-03.txt'), 'one/tei/xixiaji-03.xml'],
      ...[join(root, 'corpus/gold/xixiaji-03.jsonl'), '--format', 'json'],
    ]);
    const { lossless, types } = JSON.parse(scored.stdout);
    expect(lossless).toBe(true);
    for (const { f1, keyAccuracy } of types) {
      expect(f1).toBeGreaterThanOrEqual(0.985);
      expect(keyAccuracy).toBe(1);
    }
    // One document on its own, through the separate commands.
    expect(weibian(['print', 'one/tei/xixiaji-03.xml', '-o', 'alone.pdf'])).toMatchObject({ status: 0 });
    expect(same('alone.pdf', 'one/print/xixiaji-03.pdf')).toBe(true);
    expect(weibian(['epub', 'one/tei/xixiaji-03.xml', '-o', 'alone.epub'])).toMatchObject({ status: 0 });
    expect(same('alone.epub', 'one/print/xixiaji-03.epub')).toBe(true);
    expect(weibian(['html', 'one/tei/xixiaji-03.xml', '-o', 'site'])).toMatchObject({ status: 0 });
    expect(same('site/juan-03.html', 'one/html/juan-03.html')).toBe(true);
  });
});

describe('an edition of one’s own', () => {
  test('init makes a folder that builds at once', { timeout: 120_000 }, () => {
    expect(weibian(['init', 'mine', '--date', '2026-01-01']).status).toBe(0);
    const built = weibian(['build', 'mine/edition.json']);
    expect(built.stderr).toMatch(/3 entries/);
    expect(built.stderr).toMatch(/0 errors, 0 warnings/);
    expect(built.status).toBe(0);
    expect(weibian(['text', 'mine/out/tei/sample.xml']).stdout).toBe(
      readFileSync(join(folder, 'mine/text/sample.txt'), 'utf8'),
    );
    for (const schema of ['weibian.rng', 'weibian.sch', 'persons.schema.json'])
      expect(readFileSync(join(folder, 'mine/schemas', schema))).toEqual(readFileSync(join(root, 'schemas', schema)));
  });

  test('init takes a text, and never writes into a folder with files', () => {
    writeFileSync(join(folder, '我的書.txt'), '春正月，旱。\n');
    expect(weibian(['init', 'text-edition', '--text', '我的書.txt', '--start', '元豐二年']).status).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'text-edition/edition.json'), 'utf8'))).toMatchObject({
      title: '我的書',
      documents: [{ file: 'text/text.txt', start: '元豐二年' }],
    });
    expect(weibian(['init', 'text-edition']).stderr).toContain('config/folder-not-empty');
  });
});

describe('a text outside an edition', () => {
  test('is converted with defaults, from a file and from standard input', () => {
    const file = join(root, 'corpus/xixiaji-03.txt');
    const made = weibian(['convert', file, '-o', 'juan3.xml', '--start', '咸平二年', '--juan', '3']);
    expect(made.status).toBe(0);
    expect(weibian(['validate', 'juan3.xml']).status).toBe(0);
    expect(weibian(['text', 'juan3.xml']).stdout).toBe(readFileSync(file, 'utf8'));
    const piped = weibian(['convert', '-'], { input: '宋棄鎮戎軍。\n' });
    expect(piped.status).toBe(0);
    expect(piped.stdout).toMatch(/^<\?xml.*鎮戎軍/s);
    writeFileSync(join(folder, 'piped.xml'), piped.stdout);
    expect(weibian(['validate', 'piped.xml']).status).toBe(0);
  });
});

test('--explain tells which rule made each annotation', () => {
  const { stderr } = weibian(['convert', '-', '-o', 'e.xml', '--explain', '--start', '咸平二年'], {
    input: '夏六月，繼遷掠河西。（《長編》四十五）\n',
  });
  expect(stderr).toContain('1:1 date 夏六月 → 咸平2-6 (rule date; year: 咸平二年, from the start of the document)');
  expect(stderr).toContain('1:5 persName 繼遷 → 李繼遷 (rule given)');
  expect(stderr).toContain('bibl 《長編》四十五 → 續資治通鑑長編||45 (rule bibl)');
});

test('the standoff form has the keys of the gold', () => {
  const source = join(root, 'corpus/xixiaji-03.txt');
  const args = ['-e', join(root, 'edition.json'), '-o', 'k.xml', '--standoff', 'k.jsonl'];
  expect(weibian(['convert', source, ...args]).status).toBe(0);
  const read = (file: string): { type: string; start: number; key: string; resp?: string }[] =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const made = new Map(read(join(folder, 'k.jsonl')).map((one) => [`${one.type} ${one.start}`, one]));
  const gold = read(join(root, 'corpus/gold/xixiaji-03.jsonl'));
  const wrong = gold.filter(({ type, start, key }) => /Name$/.test(type) && made.get(`${type} ${start}`)?.key !== key);
  expect(wrong).toEqual([]);
  expect([...made.values()].every(({ resp }) => resp !== undefined)).toBe(true);
});

describe('bad input: a diagnostic that says what to do, exit 1, nothing half-written', () => {
  const gbk = Buffer.from('cbcecab7d6aeb2bbbfc9d0c5d5dfd2b2a3acc6e4c6b7d6aed3d0d2b2', 'hex');
  const texts: readonly [string, string | Uint8Array, string][] = [
    ['an empty file', '', 'source/empty'],
    ['a binary file', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'source/binary-file'],
    ['a file in GBK', gbk, 'source/not-utf8'],
    ['an unclosed 《', '繼遷卒。（《宋史·夏國傳）\n', 'source/unclosed-bracket'],
    ['an unclosed （', '繼遷卒。（《宋史》\n明年，立。\n', 'source/unclosed-bracket'],
    ['a control character', '繼遷\u{7}卒。\n', 'source/control-character'],
  ];
  test.each(texts)('%s', (_, content, code) => {
    writeFileSync(join(folder, 'bad.txt'), content);
    const { status, stderr, stdout } = weibian(['convert', 'bad.txt', '-o', 'bad.xml']);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(code);
    expect(stderr).toMatch(/help: /);
    expect(existsSync(join(folder, 'bad.xml'))).toBe(false);
  });

  test('a missing file', () => {
    expect(weibian(['convert', 'nowhere.txt'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('core/unreadable-file'),
    });
  });

  /** A copy of the example edition with a change. */
  function changed(
    name: string,
    change: (read: (file: string) => string, write: (file: string, text: string) => void) => void,
  ): string {
    const copy = join(folder, name);
    mkdirSync(copy);
    cpSync(join(root, 'edition.json'), join(copy, 'edition.json'));
    cpSync(join(root, 'corpus'), join(copy, 'corpus'), { recursive: true });
    change(
      (file) => readFileSync(join(copy, file), 'utf8'),
      (file, text) => writeFileSync(join(copy, file), text),
    );
    return copy;
  }

  test('an unknown key in edition.json, with its line and column', () => {
    const cwd = changed('key', (read, write) =>
      write('edition.json', read('edition.json').replace('"publisher"', '"publischer"')),
    );
    const { status, stderr } = weibian(['build'], { cwd });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /edition\.json:\d+:3 error config\/invalid-value Unexpected key `publischer`, expected one of/,
    );
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });

  test('edition.json that is not JSON', () => {
    const cwd = changed('json', (read, write) => write('edition.json', read('edition.json').replace(',', '')));
    expect(weibian(['build'], { cwd })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/edition\.json:\d+:\d+ error config\/invalid-json/),
    });
  });

  test('an id that no authority file has', () => {
    const file = 'corpus/authority/persons.json';
    const cwd = changed('id', (read, write) =>
      write(file, read(file).replace('"source": "changbian"', '"source": "nowhere"')),
    );
    const { status, stderr } = weibian(['build'], { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain('config/missing-authority-id');
    expect(stderr).toContain('`nowhere`');
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });

  test('two documents of one id', () => {
    const cwd = changed('twice', (read, write) => {
      const edition = JSON.parse(read('edition.json'));
      write('edition.json', JSON.stringify({ ...edition, documents: [edition.documents[0], edition.documents[0]] }));
    });
    expect(weibian(['build'], { cwd })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('config/duplicate-document-id'),
    });
    expect(existsSync(join(cwd, 'out/tei'))).toBe(false);
  });

  test('an output folder that cannot be written', () => {
    writeFileSync(join(folder, 'a-file'), '');
    const { status, stderr } = weibian(['build', join(root, 'edition.json'), '-o', 'a-file/out']);
    expect(status).toBe(1);
    expect(stderr).toContain('core/unwritable-file');
    expect(readFileSync(join(folder, 'a-file'), 'utf8')).toBe('');
  });

  test('no edition here', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(weibian(['build'], { cwd: empty })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('config/no-edition'),
    });
  });

  test('TEI that is not well-formed is refused by every command that reads TEI', () => {
    writeFileSync(join(folder, 'broken.xml'), '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text></TEI>');
    for (const args of [
      ['validate', 'broken.xml'],
      ['text', 'broken.xml'],
      ['html', 'broken.xml'],
      ['print', 'broken.xml'],
      ['epub', 'broken.xml'],
    ]) {
      expect(weibian(args)).toMatchObject({ status: 1, stderr: expect.stringContaining('validate/not-well-formed') });
    }
  });

  test('JSON lines hold every diagnostic', () => {
    writeFileSync(join(folder, 'bad.txt'), '繼遷卒。（《宋史）\n');
    const { stderr } = weibian(['convert', 'bad.txt', '--format', 'json']);
    const found = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found).toMatchObject([
      { code: 'source/unclosed-bracket', severity: 'error', file: 'bad.txt', range: { start: { line: 1, column: 6 } } },
    ]);
  });
});

describe('date', () => {
  test('a civil day in Western calendars and by other counts', () => {
    const { status, stdout } = weibian(['date', '咸平四年十一月甲午', '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      key: '咸平4-11-27',
      pair: '甲午',
      jdn: [2087021, 2087021],
      julian: ['1001-12-14', '1001-12-14'],
      gregorian: ['1001-12-20', '1001-12-20'],
      elsewhere: ['遼統和十九年十一月二十七日'],
    });
  });

  test('a Western day gives the civil date, Julian or Gregorian', () => {
    expect(weibian(['date', '1001-12-14', '--julian']).stdout).toMatch(/^咸平四年十一月二十七日\n/);
    expect(weibian(['date', '1001-12-20']).stdout).toMatch(/^咸平四年十一月二十七日\n/);
  });

  test('a day that its month does not have is told, with the nearest', () => {
    const { status, stderr } = weibian(['date', '景德元年正月甲申']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/calendar\/no-such-date .*nearest days/s);
    expect(weibian(['date', '康乾九年'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('calendar/unknown-date'),
    });
  });
});

describe('wrong usage: exit 2', () => {
  test.each([
    [[]],
    [['frobnicate']],
    [['convert']],
    [['convert', '--nope', 'x']],
    [['build', '--format', 'xml']],
    [['explain', 'no/such-code']],
  ])('%j', (args) => expect(weibian(args).status).toBe(2));
});

describe('help', () => {
  test('each command has a page with examples', () => {
    const general = weibian(['--help']);
    expect(general.status).toBe(0);
    const names = [...general.stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name!);
    expect(names.slice(0, 12)).toEqual([
      'build',
      'convert',
      'validate',
      'text',
      'html',
      'print',
      'epub',
      'score',
      'authority',
      'date',
      'explain',
      'init',
    ]);
    for (const name of names.slice(0, 12)) expect(weibian([name, '--help']).stdout).toMatch(/Examples:\n {2}weibian/);
  });

  test('explain knows every code', () => {
    expect(weibian(['explain', 'source/unclosed-bracket']).stdout).toContain('What to do:');
    expect(weibian(['explain']).stdout.trim().split('\n')).toHaveLength(Object.keys(catalogue).length);
  });

  test('docs/cli.md and docs/diagnostics.md are as the code has them (npm run docs)', () => {
    expect(readFileSync(join(root, 'docs/cli.md'), 'utf8')).toBe(cliReference());
    expect(readFileSync(join(root, 'docs/diagnostics.md'), 'utf8')).toBe(diagnosticsReference());
  });
});
