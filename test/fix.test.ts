import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFile } from '../src/batch/check-file.ts';
import { fixFiles } from '../src/batch/fix-files.ts';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { TextIndex } from '../src/core/span.ts';
import { unifiedDiff } from '../src/report/unified-diff.ts';
import { fixDocument } from '../src/validate/fix.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const small = readFileSync(here('fixtures/validate/valid/small.xml'), 'utf8');
const check = async (text: string): Promise<readonly Diagnostic[]> =>
  (await checkFile(new TextEncoder().encode(text), 'a.xml', {})).diagnostics;
const fix = (text: string) => fixDocument(text, 'a.xml', check);

/** The small document with something in the place of something else, which must be there. */
function changed(...pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, small);
}

describe('nothing is changed', () => {
  it.each(readdirSync(here('fixtures/validate/valid')).sort())('in %s', async (name) => {
    const text = readFileSync(here(`fixtures/validate/valid/${name}`), 'utf8');
    expect(await fix(text)).toEqual({ text, count: 0 });
  });

  const broken = here('fixtures/diagnostics/validate');
  it('in broken files, but for those whose code is known to be put right', async () => {
    const codes = new Set<string>();
    for (const folder of readdirSync(broken)) {
      const bytes = readFileSync(join(broken, folder, 'input.xml'));
      const [fixed] = await fixFiles([join(broken, folder, 'input.xml')], {}, []);
      if (!fixed) continue;
      codes.add(folder.replace(/\..*$/, ''));
      expect(fixed.before).toBe(bytes.toString('utf8'));
    }
    expect([...codes].sort()).toEqual(['date-mismatch', 'missing-attribute', 'unsorted-list']);
  });
});

describe('a missing xml:id', () => {
  it('of an entity is its kind and the first number that is free', async () => {
    const person = '<person resp="#ed"><persName type="full">甲</persName></person>';
    const text = changed(['</listPerson>', `${person}${person}</listPerson>`]);
    const { text: fixed, count } = await fix(text);
    expect(count).toBe(2);
    expect([...fixed.matchAll(/<person xml:id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      'pers.1',
      'pers.2',
      'pers.3',
    ]);
    expect((await check(fixed)).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await fix(fixed)).toEqual({ text: fixed, count: 0 });
  });

  it('of an entry is that of the document and its number', async () => {
    const root = /<TEI[^>]* xml:id="([^"]*)"/.exec(small)![1];
    const text = changed(['<div type="entry" n="2" xml:id="e2">', '<div type="entry" n="2">']);
    const { text: fixed, count } = await fix(text);
    expect(count).toBe(1);
    expect(fixed).toBe(text.replace('<div type="entry" n="2">', `<div xml:id="${root}.e002" type="entry" n="2">`));
  });

  it('that is taken is not given', async () => {
    const root = /<TEI[^>]* xml:id="([^"]*)"/.exec(small)![1];
    const text = changed(
      ['<div type="entry" n="2" xml:id="e2">', '<div type="entry" n="2">'],
      ['<p><lb n="3"/>', `<p xml:id="${root}.e002"><lb n="3"/>`],
    );
    expect(await fix(text)).toEqual({ text, count: 0 });
  });
});

describe('a list', () => {
  const place = (id: string, before = '\n'): string =>
    `${before}<place xml:id="${id}" type="xian" resp="#ed"><placeName type="full">某</placeName></place>`;

  it('is sorted by xml:id, and comments stay with what they stand before', async () => {
    const list = /<listPlace>[\s\S]*<\/listPlace>/.exec(small)![0];
    const own = /<place xml:id="place\.1"[\s\S]*?<\/place>/.exec(list)![0];
    const comment = '\n<!-- 乙 -->\n';
    const unsorted = `<listPlace>${place('place.c')}${place('place.b', comment)}\n${own}\n</listPlace>`;
    const { text, count } = await fix(changed([list, unsorted]));
    expect(count).toBe(1);
    expect(/<listPlace>[\s\S]*<\/listPlace>/.exec(text)![0]).toBe(
      `<listPlace>\n${own}${place('place.b', comment)}${place('place.c')}\n</listPlace>`,
    );
    expect((await check(text)).map(({ code }) => code)).not.toContain('validate/unsorted-list');
  });

  it('is sorted after its entities have got their identifiers', async () => {
    const list = /<listPerson>[\s\S]*<\/listPerson>/.exec(small)![0];
    const person = (id: string): string => `<person${id} resp="#ed"><persName type="full">甲</persName></person>`;
    const own = /<person xml:id="pers\.1"[\s\S]*?<\/person>/.exec(list)![0];
    const given = `<listPerson>${person(' xml:id="pers.9"')}${own}${person('')}</listPerson>`;
    const { text } = await fix(changed([list, given]));
    expect([...text.matchAll(/<person xml:id="([^"]*)"/g)].map(([, id]) => id)).toEqual(['pers.1', 'pers.2', 'pers.9']);
  });
});

describe('days that are not those of the civil date', () => {
  const stale = changed([
    'when-custom="咸平2-6" datingMethod="#song" from="0999-07-21"',
    'when-custom="咸平2-6" datingMethod="#song" from="0999-07-01"',
  ]);

  it('become those of the calendar', async () => {
    expect(await fix(stale)).toEqual({ text: small, count: 1 });
  });

  it('are changed after characters of two units and line ends of Windows, and the mark of the file stays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weibian-fix-'));
    const file = join(folder, 'a.xml');
    const other = (text: string): string => `\uFEFF${text.replace('<title>', '<title>𨫼').replaceAll('\n', '\r\n')}`;
    writeFileSync(file, other(stale));
    const [fixed] = await fixFiles([file], {}, []);
    expect(fixed?.after).toBe(other(small));
    rmSync(folder, { recursive: true });
  });

  it('stay when a list of ignored findings means them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weibian-fix-'));
    const file = join(folder, 'a.xml');
    writeFileSync(file, stale);
    const { diagnostics } = await checkFile(readFileSync(file), file, {});
    expect(await fixFiles([file], {}, diagnostics)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('a fix of a diagnostic', () => {
  const edit = (text: string, from: string, to: string): Pick<Diagnostic, 'range' | 'fix'> => {
    const at = text.indexOf(from);
    const range = new TextIndex(text).rangeOfUnits(at, at + from.length);
    return { range, fix: [{ range, text: to }] };
  };
  const finding = {
    code: 'validate/date-mismatch',
    severity: 'warning',
    message: 'x',
    help: 'x',
    file: 'a.xml',
  } as const;

  it('is not made when it would change the text of the body', async () => {
    const lies = async (text: string) => [{ ...finding, ...edit(text, '秋七月', '冬十月') }];
    expect(await fixDocument(small, 'a.xml', lies)).toEqual({ text: small, count: 0 });
  });

  it('is not made when it would bring an error, and does not keep the others from being made', async () => {
    const harm = edit(small, 'ref="#pers.1"', 'ref="#nobody"');
    const good = edit(small, '<title>', '<title >');
    const told = async (text: string) => [
      ...(text === small
        ? [
            { ...finding, ...harm },
            { ...finding, ...good },
          ]
        : []),
      ...(await check(text)),
    ];
    expect(await fixDocument(small, 'a.xml', told)).toEqual({ text: small.replace('<title>', '<title >'), count: 1 });
  });

  it('of another file is not made', async () => {
    const other = async (text: string) => [{ ...finding, ...edit(text, '<title>', '<title >'), file: 'b.xml' }];
    expect(await fixDocument(small, 'a.xml', other)).toEqual({ text: small, count: 0 });
  });

  it('that never ends, ends', async () => {
    const grows = async (text: string) => [{ ...finding, ...edit(text, '<title', '<title ') }];
    expect((await fixDocument(small, 'a.xml', grows)).count).toBeLessThan(20);
  });
});

describe('weibian validate --fix', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weibian-fix-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.xml');
  const stale = changed(['from="0999-07-21" to="0999-08-18"', 'from="0999-07-01" to="0999-08-18"']);
  const run = (...args: string[]) => {
    const env = { ...process.env, NO_COLOR: '1', XDG_CACHE_HOME: join(folder, '.cache') };
    const options = { cwd: folder, env, encoding: 'utf8' as const };
    return spawnSync(process.execPath, [here('../dist/cli.js'), 'validate', ...args], options);
  };

  it('shows the changes in a dry run, and fails', () => {
    writeFileSync(file, stale);
    const { status, stdout, stderr } = run('--fix', '--dry-run', 'a.xml');
    expect(status).toBe(1);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      '--- a.xml',
      '+++ a.xml',
      expect.stringMatching(/^@@ -\d+,5 \+\d+,5 @@$/),
    ]);
    expect(stdout.match(/^[-+](?![-+])/gm)).toEqual(['-', '+']);
    expect(stderr).toContain('validate/would-fix');
    expect(readFileSync(file, 'utf8')).toBe(stale);
  });

  it('writes the file, and checks it', () => {
    writeFileSync(file, stale);
    const { status, stderr } = run('--fix', 'a.xml');
    expect([status, readFileSync(file, 'utf8')]).toEqual([0, small]);
    expect(stderr).toContain('put right: 1 finding in 1 of 1 files');
  });

  it('leaves a file alone that has nothing to put right', () => {
    writeFileSync(file, small);
    const before = statSync(file).mtimeMs;
    expect(run('--fix', '--dry-run', 'a.xml').status).toBe(0);
    expect(run('--fix', 'a.xml').status).toBe(0);
    expect(statSync(file).mtimeMs).toBe(before);
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it.each([
    ['--dry-run', 'a.xml'],
    ['--fix', '-'],
    ['--fix', '--watch', 'a.xml'],
  ])('%s %s is wrong usage', (...args) => {
    expect(run(...args).status).toBe(2);
  });
});

it('a difference without differences is empty', () => {
  expect(unifiedDiff('a.xml', 'a\n', 'a\n')).toBe('');
});
