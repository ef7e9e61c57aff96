import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckOptions, checkFile } from '../src/batch/check-file.ts';
import { editionSources, rootId } from '../src/batch/edition-sources.ts';
import { inputFiles } from '../src/batch/input-files.ts';
import { ResultCache } from '../src/batch/result-cache.ts';
import { FolderCache, memoryCache } from '../src/batch/text-cache.ts';
import { toolFingerprint } from '../src/batch/tool-fingerprint.ts';
import { checkInWorkers, type FileChecked } from '../src/batch/worker-pool.ts';
import { diagnostic } from '../src/core/diagnostic.ts';

// `weibian validate` as users have it: dist/cli.js in a process of its own; beside it the parts that a process hides.

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const cli = here('../dist/cli.js');
const small = readFileSync(here('fixtures/validate/valid/small.xml'), 'utf8');
const broken = small.replace('<supplied resp="#ed">揮</supplied>', '<suplied>揮</suplied>');
const edition = JSON.parse(readFileSync(here('../edition.json'), 'utf8'));
const folders: string[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weibian-validate-'));
  folders.push(folder);
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const environment = () => ({ ...process.env, NO_COLOR: '1', XDG_CACHE_HOME: join(folder, '.cache') });

function validate(args: readonly string[], input = '') {
  const options = { cwd: folder, input, env: environment(), maxBuffer: 1 << 26 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'validate', ...args], options);
  return { status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
}

const codes = (stderr: string): string[] =>
  [...stderr.matchAll(/ (?:error|warning) ([\w/-]+) /g)].map(([, code]) => code!);

describe('what is checked', () => {
  const below = (...names: string[]) => {
    const { files, unmatched } = inputFiles(names.map((name) => join(folder, name)));
    return { files: files.map((file) => file.slice(folder.length + 1)), unmatched: unmatched.length };
  };

  it('folders give their *.xml in order; node_modules, dot folders and links to folders are passed over', () => {
    write({ 'b.xml': '', 'a/z.xml': '', 'a/c.txt': '', 'node_modules/x.xml': '', '.git/x.xml': '', 'a/é/ü.xml': '' });
    symlinkSync(join(folder, 'a'), join(folder, 'loop'));
    symlinkSync(join(folder, 'b.xml'), join(folder, 'link.xml'));
    expect(below('.').files).toEqual(['a/z.xml', 'a/é/ü.xml', 'b.xml', 'link.xml']);
  });

  it('globs give what they match; a file of that name is a file; nothing twice', () => {
    write({ 'tei/1.xml': '', 'tei/2.xml': '', 'tei/sub/3.xml': '', 'tei/4.txt': '', 'tei/[1].xml': '' });
    expect(below('tei/*.xml').files).toEqual(['tei/1.xml', 'tei/2.xml', 'tei/[1].xml']);
    expect(below('tei/**/*.xml', 'tei/1.xml').files).toHaveLength(4);
    expect(below('tei/[1].xml').files).toEqual(['tei/[1].xml']);
    expect(below('tei/*.json', 'none/**')).toEqual({ files: [], unmatched: 2 });
  });

  it('is told in wrong usage', () => {
    write({ 'a.xml': small, 'b.xml': small, 'empty/x.txt': '' });
    for (const [args, words] of [
      [[], 'takes files, folders or patterns'],
      [['*.tei'], 'nothing to check in *.tei'],
      [['empty'], 'nothing to check in empty'],
      [['a.xml', '--until', 'end'], '--until takes a level'],
      [['a.xml', 'b.xml', '--source', 'x.txt'], '--source goes with one'],
      [['a.xml', '--report', 'x.doc'], 'name it .sarif, .xml or .html'],
      [['a.xml', '--jobs', '0'], '--jobs takes a whole number from 1'],
      [['a.xml', '--max', 'x'], '--max takes a whole number from 0'],
      [['a.xml', '--format', 'pdf'], '--format takes text, json, sarif, junit or html'],
      [['-', '--watch'], '--watch cannot watch standard input'],
    ] as const) {
      expect(validate(args), args.join(' ')).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
    }
  });

  it('a file that cannot be read is one finding among others', () => {
    write({ 'a.xml': broken });
    const { status, stderr } = validate(['a.xml', 'none.xml']);
    expect(status).toBe(1);
    expect(codes(stderr)).toEqual(['validate/unexpected-element', 'core/unreadable-file']);
  });
});

describe('reports', () => {
  it('go to standard output, or to a file by its name', () => {
    write({ 'a.xml': broken });
    const sarif = validate(['a.xml', '--format', 'sarif']);
    expect(sarif.status).toBe(1);
    expect(JSON.parse(sarif.stdout).runs[0].results[0].ruleId).toBe('validate/unexpected-element');
    for (const [file, beginning] of [
      ['r.sarif', '{'],
      ['r.html', '<!doctype html>'],
      ['out/r.xml', '<?xml'],
    ] as const) {
      const { status, stdout, stderr } = validate(['a.xml', '--report', file]);
      expect(status).toBe(1);
      expect(stdout).toBe('');
      expect(codes(stderr)).toEqual(['validate/unexpected-element']);
      expect(stderr).toContain(`report in ${file}`);
      expect(readFileSync(join(folder, file), 'utf8').startsWith(beginning)).toBe(true);
    }
    // A report that lies among the inputs is none of them.
    expect(validate(['.', '--report', 'out/r.xml']).stderr).toContain('1 file checked');
  });

  it('have the code frame of standard input too', () => {
    const { stderr } = validate(['-'], broken);
    expect(stderr).toMatch(/-:\d+:\d+ error validate\/unexpected-element/);
    expect(stderr).toMatch(/\| .*<suplied>揮<.*\n +\| +\^{8}\n/);
  });

  it('--max limits what is shown of a code, 0 shows all', () => {
    const pointer = '<persName ref="#nobody" resp="#rule">遷</persName>';
    write({ 'a.xml': small.replace('秋七月', pointer.repeat(30)).replace('quantity="36"', 'quantity="63"') });
    const shown = (...args: string[]): number =>
      validate(['a.xml', ...args]).stderr.match(/error validate\/pointer/g)!.length;
    expect([shown(), shown('--max', '3'), shown('--max', '0')]).toEqual([20, 3, 30]);
    expect(validate(['a.xml', '--max', '3']).stderr).toContain('… and 27 more validate/pointer-unresolved');
  });

  it('--strict lets warnings fail', () => {
    write({
      'a.xml': small.replace(' when-custom="咸平2-6" datingMethod="#song" from="0999-07-21" to="0999-08-18"', ''),
    });
    expect(validate(['a.xml'])).toMatchObject({ status: 0, stderr: expect.stringContaining('1 file checked, valid') });
    expect(validate(['a.xml', '--strict'])).toMatchObject({ status: 1, stderr: expect.stringContaining('not valid') });
  });
});

describe('ignored findings', () => {
  const list = (file: string, code = 'validate/unexpected-element') =>
    JSON.stringify({ ignore: [{ code, file, reason: 'So it is.', who: '戴' }] });

  it('do not count, are counted, and stand in the report', () => {
    write({ 'edition.json': '{}', 'weibian-ignore.json': list('tei/*.xml'), 'tei/a.xml': broken });
    const { status, stdout, stderr } = validate(['tei', '--format', 'sarif']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '1 file checked, valid, 1 ignored\n' });
    expect(JSON.parse(stdout).runs[0].results[0].suppressions[0].justification).toBe('So it is. (戴)');
    expect(validate(['tei', '--no-ignore']).status).toBe(1);
  });

  it('a list may be named; an entry without a finding is told', () => {
    write({ 'a.xml': small, 'other.json': list('a.xml') });
    const { status, stderr } = validate(['a.xml', '--ignore', 'other.json']);
    expect(status).toBe(0);
    expect(stderr).toMatch(/other\.json:1:\d+ warning validate\/unused-ignore/);
  });
});

describe('JSON files', () => {
  const persons = '{"persons": [{"id": "a", "name": "甲"}]}';

  it('are checked by their kind: by $schema, or by the key of their root', () => {
    write({
      'p.json': '{"persons": [{"id": "A"}]}',
      'w.json': '{"$schema": "../schemas/works.schema.json", "titles": []}',
      'x.json': '{"a": 1}',
      'n.json': '{',
    });
    const { stderr } = validate(['*.json']);
    expect(codes(stderr)).toEqual([
      ...['config/invalid-json', 'config/invalid-value', 'config/invalid-value'],
      ...['config/invalid-value', 'config/invalid-value', 'config/unknown-json'],
    ]);
  });

  it('edition.json is checked with what it names, and that only once', () => {
    write({
      'persons.json': persons.replace('"name"', '"nome"'),
      'edition.json': JSON.stringify(
        {
          ...edition,
          documents: [{ file: 'text.txt' }],
          authority: { persons: ['persons.json'], works: ['none.json'] },
        },
        undefined,
        2,
      ),
    });
    const { stderr } = validate(['edition.json', 'persons.json']);
    expect(codes(stderr).sort()).toEqual([
      ...['config/invalid-value', 'config/invalid-value', 'config/missing-file', 'config/missing-file'],
    ]);
    expect(stderr).toMatch(/edition\.json:\d+:\d+ error config\/missing-file Unexpected `text\.txt`/);
    write({ 'persons.json': persons, 'text.txt': '春。', 'none.json': '{"works": []}' });
    expect(validate(['edition.json', 'persons.json'])).toMatchObject({ status: 0, stderr: '2 files checked, valid\n' });
  });
});

describe('the source text', () => {
  const text = '夏六月，繼遷掠河西。\n';

  it('of one file, or of the documents of an edition by their id, is read as something that the result depends on', async () => {
    const path = join(folder, 'text.txt');
    const bytes = new TextEncoder().encode(small);
    const readsOf = async (options: CheckOptions) => (await checkFile(bytes, 'a.xml', options)).reads;
    write({ 'text.txt': text });
    expect(await readsOf({ source: path })).toEqual([[path, expect.stringMatching(/^[\da-f]{64}$/)]]);
    expect(await readsOf({ sources: { t: path, u: 'other.txt' } })).toHaveLength(1);
    expect(await readsOf({ sources: { u: path } })).toEqual([]);
    expect(await readsOf({})).toEqual([]);
  });

  it('that is missing or in another encoding is told', () => {
    write({ 'a.xml': small });
    writeFileSync(
      join(folder, 'gbk.txt'),
      Buffer.from('cbcecab7d6aeb2bbbfc9d0c5d5dfd2b2a3acc6e4c6b7d6aed3d0d2b2', 'hex'),
    );
    expect(codes(validate(['a.xml', '--source', 'none.txt']).stderr)).toEqual(['core/unreadable-file']);
    expect(codes(validate(['a.xml', '--source', 'gbk.txt']).stderr)).toEqual(['source/not-utf8']);
  });

  it('paths count from edition.json; a document without an id has that of its file', () => {
    write({
      'ed/edition.json': JSON.stringify({
        ...edition,
        documents: [{ file: 'text/a.txt' }, { file: 'b.txt', id: 'b2' }],
      }),
    });
    expect(editionSources(join(folder, 'ed/edition.json'), () => {})).toEqual({
      a: join(folder, 'ed/text/a.txt'),
      b2: join(folder, 'ed/b.txt'),
    });
    expect(rootId('<a xml:id="x"><b xml:id="y"/></a>')).toBe('x');
    expect(rootId('<a><b xml:id="y"/></a>')).toBeUndefined();
    expect(rootId('no xml')).toBeUndefined();
  });
});

describe('threads', () => {
  const many = () => {
    write(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`tei/${at}.xml`, at % 3 === 0 ? broken : small])));
  };

  it('find the same as one, in the same order', () => {
    many();
    const one = validate(['tei', '--jobs', '1', '--no-cache']);
    const three = validate(['tei', '--jobs', '3', '--no-cache']);
    expect(codes(one.stderr)).toHaveLength(4);
    expect(three).toEqual(one);
  });

  it('a thread that dies costs its file a diagnostic, and the others are checked', async () => {
    const files = ['a', 'exit 1', 'b', 'throw 2', 'c', 'd', 'exit 3', 'throw 4'];
    const found = new Map<string, string>();
    const done = (at: number, { result }: FileChecked): void =>
      void found.set(files[at]!, result.diagnostics[0]!.message);
    await checkInWorkers({ files, options: {}, done }, 2, new URL('fixtures/batch/dying-worker.mjs', import.meta.url));
    expect([...found].sort()).toEqual([
      ['a', 'checked a'],
      ['b', 'checked b'],
      ['c', 'checked c'],
      ['d', 'checked d'],
      ['exit 1', 'The check broke off: the thread ended'],
      ['exit 3', 'The check broke off: the thread ended'],
      ['throw 2', 'The check broke off: out of luck'],
      ['throw 4', 'The check broke off: out of luck'],
    ]);
  });

  it('threads that cannot start leave no file without an answer', async () => {
    const found: string[] = [];
    const done = (at: number, { result }: FileChecked): void => void found.push(`${at} ${result.diagnostics[0]!.code}`);
    const nowhere = new URL('fixtures/batch/no-such-worker.mjs', import.meta.url);
    await checkInWorkers({ files: ['a', 'b'], options: {}, done }, 2, nowhere);
    expect(found).toEqual(['0 validate/not-checked', '1 validate/not-checked']);
  });
});

describe('the cache', () => {
  const entries = (): string[] => readdirSync(join(folder, '.cache/weibian/results'));

  it('gives the findings of the first run again; another text, name or option is another check', () => {
    write({ 'a.xml': broken, 'b.xml': small });
    const first = validate(['.']);
    expect(entries()).toHaveLength(2);
    expect(validate(['.'])).toEqual(first);
    expect(entries()).toHaveLength(2);
    write({ 'c.xml': broken });
    validate(['.', '--until', 'well-formed']);
    expect(entries()).toHaveLength(5);
    expect(validate(['.', '--no-cache']).stderr).toContain('3 files checked, not valid');
    expect(entries()).toHaveLength(5);
  });

  it('really is what the second run reads, and what is damaged there is passed over', () => {
    write({ 'a.xml': small });
    validate(['a.xml']);
    const path = join(folder, '.cache/weibian/results', entries()[0]!);
    const [, result] = readFileSync(path, 'utf8').split('\n') as [string, string];
    // Findings with a wrong checksum: a damaged file.
    writeFileSync(path, `${'0'.repeat(64)}\n${result.replace('[]', '[{"code":"validate/doctype"}]')}`);
    expect(validate(['a.xml'])).toMatchObject({ status: 0 });
    // The same, but written by the cache itself: now it is believed.
    const forged = diagnostic('validate/doctype', 'Forged.', { file: 'a.xml' });
    new FolderCache(dirname(path)).set(entries()[0]!, JSON.stringify({ diagnostics: [forged], reads: [] }));
    expect(codes(validate(['a.xml']).stderr)).toEqual(['validate/doctype']);
  });

  it('believes a result only while the files that were read beside it are the same', () => {
    const beside = join(folder, 'beside.txt');
    const texts = memoryCache();
    const open = () => new ResultCache(texts, 'tool');
    const key = open().key('a.xml', new Uint8Array([1]));
    open().set(key, { diagnostics: [], reads: [[beside, null]] });
    expect(open().get(key)).toBeDefined();
    writeFileSync(beside, 'now there');
    expect(open().get(key)).toBeUndefined();
  });

  it('another tool, name or content has another key', () => {
    const texts = memoryCache();
    const [bytes, other] = [new Uint8Array([1]), new Uint8Array([2])];
    const cache = new ResultCache(texts, toolFingerprint('1.0.0'));
    const keys = [
      ...[cache.key('a.xml', bytes), cache.key('b.xml', bytes), cache.key('a.xml', other)],
      new ResultCache(texts, toolFingerprint('1.0.1')).key('a.xml', bytes),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(new ResultCache(texts, toolFingerprint('1.0.0')).key('a.xml', bytes)).toBe(keys[0]);
  });

  it('drops the oldest beyond its limits', () => {
    const where = join(folder, 'bounded');
    const cache = new FolderCache(where, { files: 3, bytes: 1000 });
    for (let at = 0; at < 5; at++) {
      cache.set(`key ${at}`, `text ${at}`);
      for (const name of readdirSync(where)) {
        if (readFileSync(join(where, name), 'utf8').endsWith(`text ${at}`))
          utimesSync(join(where, name), at + 1, at + 1);
      }
    }
    cache.prune();
    expect([0, 1, 2, 3, 4].map((at) => cache.get(`key ${at}`))).toEqual([
      ...[undefined, undefined, 'text 2', 'text 3', 'text 4'],
    ]);
    cache.set('large', 'x'.repeat(900));
    cache.prune();
    expect(readdirSync(where).length).toBeLessThan(3);
    expect(cache.get('large')).toHaveLength(900);
  });

  it('does without a folder that cannot be written', () => {
    writeFileSync(join(folder, '.cache'), 'a file');
    write({ 'a.xml': small });
    expect(validate(['a.xml'])).toMatchObject({ status: 0, stderr: '1 file checked, valid\n' });
  });
});

describe('--watch', () => {
  let watching: ChildProcess | undefined;
  afterEach(() => void watching?.kill('SIGKILL'));

  it('checks again when an input changes, appears, or the ignore list does, and ends well with Ctrl-C', async () => {
    write({ 'tei/a.xml': small });
    const child = spawn(process.execPath, [cli, 'validate', 'tei', '--watch'], { cwd: folder, env: environment() });
    watching = child;
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
    });
    /** Waits for words of the process, then forgets what it said. */
    const heard = async (words: string): Promise<void> => {
      await expect.poll(() => said, { timeout: 50_000, interval: 50 }).toContain(words);
      await expect.poll(() => said, { timeout: 50_000, interval: 50 }).toMatch(/Ctrl-C ends\.\n$/);
      said = '';
    };
    await heard('1 file checked, valid');
    write({ 'tei/a.xml': broken });
    await heard('1 file checked, not valid');
    write({ 'tei/new/b.xml': small });
    await heard('2 files checked, not valid');
    write({
      'tei/weibian-ignore.json': JSON.stringify({
        ignore: [{ code: 'validate/unexpected-element', reason: 'So.', who: '戴' }],
      }),
    });
    await heard('2 files checked, valid, 1 ignored');
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });
});
