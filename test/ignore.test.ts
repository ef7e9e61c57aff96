import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ignoreFilesFor } from '../src/batch/ignore-files.ts';
import { applyIgnoreLists, type IgnoreEntry, readIgnoreList } from '../src/batch/ignore-list.ts';
import type { Level } from '../src/core/codes.ts';
import { type Diagnostic, diagnostic } from '../src/core/diagnostic.ts';
import { TextIndex } from '../src/core/span.ts';

const folder = mkdtempSync(join(tmpdir(), 'weibian-ignore-'));
mkdirSync(join(folder, 'tei/old'), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const why = { reason: 'As printed.', who: '戴' };
const text = 'one\n<date>夏六月</date>\n<date>秋</date>\n';
const index = new TextIndex(text);
const inFile = (name: string): string => join(folder, name);

function date(file: string, line: 2 | 3, path = `/TEI/date[${line - 1}]`): Diagnostic {
  const range = { start: index.pointAt(line, 1), end: index.pointAt(line, 6) };
  return diagnostic('validate/date-value', 'Unexpected date.', { file: inFile(file), path, range });
}

/** Writes a list, reads it and applies it; which findings are ignored and which entries are said to be unused. */
function run(
  entries: readonly Partial<IgnoreEntry>[],
  found: readonly Diagnostic[],
  until?: Level,
  everywhere = false,
) {
  const file = inFile('weibian-ignore.json');
  writeFileSync(file, JSON.stringify({ ignore: entries }, undefined, 2));
  const faults: Diagnostic[] = [];
  const list = readIgnoreList(file, everywhere, (one) => faults.push(one));
  const checkedFiles = ['tei/a.xml', 'tei/old/b.xml'].map(inFile);
  const context = { checkedFiles, textOf: () => text, ...(until && { until }) };
  const findings = applyIgnoreLists(list ? [list] : [], found, context);
  return {
    faults,
    ignored: findings.map(({ ignored }) => ignored !== undefined).slice(0, found.length),
    unused: findings.slice(found.length).map(({ diagnostic }) => diagnostic),
  };
}

describe('an entry matches', () => {
  const found = [date('tei/a.xml', 2), date('tei/a.xml', 3), date('tei/old/b.xml', 2)];
  const code = 'validate/date-value';

  it.each<[string, Partial<IgnoreEntry>, boolean[]]>([
    ['by code alone', { code, ...why }, [true, true, true]],
    ['by a file', { code, file: 'tei/a.xml', ...why }, [true, true, false]],
    ['by a glob of one folder', { code, file: 'tei/*.xml', ...why }, [true, true, false]],
    ['by a glob of all folders', { code, file: '**/*.xml', ...why }, [true, true, true]],
    ['by a path', { code, path: '/TEI/date[2]', ...why }, [false, true, false]],
    ['by words of its line', { code, text: '夏六月', ...why }, [true, false, true]],
    [
      'by all that is given',
      { code, file: 'tei/a.xml', text: '秋', path: '/TEI/date[1]', ...why },
      [false, false, false],
    ],
    ['not by another code', { code: 'validate/date-order', ...why }, [false, false, false]],
  ])('%s', (_, entry, ignored) => {
    expect(run([entry], found).ignored).toEqual(ignored);
  });

  it('only below the folder of its list, unless the list was named', () => {
    const outside = { ...date('tei/a.xml', 2), file: join(dirname(folder), 'other.xml') };
    expect(run([{ code, ...why }], [outside]).ignored).toEqual([false]);
    expect(run([{ code, ...why }], [outside], undefined, true).ignored).toEqual([true]);
  });

  it('and carries its reason and its place', () => {
    const file = inFile('weibian-ignore.json');
    run([{ code, ...why, date: '2026-11-23' }], found);
    const list = readIgnoreList(file, false, () => {})!;
    const [first] = applyIgnoreLists([list], found, { checkedFiles: [], textOf: () => text });
    expect(first?.ignored).toMatchObject({
      ...why,
      date: '2026-11-23',
      file,
      range: { start: { line: 3, column: 5 } },
    });
  });
});

describe('an entry that matches nothing', () => {
  it('is told at its place', () => {
    const { unused } = run(
      [
        { code: 'validate/date-value', ...why },
        { code: 'validate/date-order', file: 'tei/a.xml', ...why },
      ],
      [date('tei/a.xml', 2)],
    );
    expect(unused).toMatchObject([
      {
        code: 'validate/unused-ignore',
        severity: 'warning',
        path: '/ignore/1',
        range: { start: { line: 8, column: 5 } },
      },
    ]);
    expect(unused[0]?.message).toBe('Unexpected entry for `validate/date-order` (`tei/a.xml`): it matches no finding.');
  });

  it('is not told where it was not put to the test', () => {
    const entry = { code: 'validate/date-order', ...why };
    expect(run([{ ...entry, file: 'print/*.xml' }], []).unused).toEqual([]);
    expect(run([entry], [], 'schema').unused).toEqual([]);
    const broken = ['tei/a.xml', 'tei/old/b.xml'].map((file) =>
      diagnostic('validate/not-well-formed', 'Unexpected `&`.', { file: inFile(file) }),
    );
    expect(run([entry], broken).unused).toEqual([]);
    expect(run([entry], broken.slice(1)).unused).toEqual([]);
    expect(run([{ ...entry, file: 'tei/a.xml' }], broken.slice(1)).unused).toHaveLength(1);
  });
});

describe('a list with a fault', () => {
  it.each<[string, object, string]>([
    ['no reason', { code: 'validate/date-value', who: '戴' }, 'without `reason`'],
    ['an empty reason', { code: 'validate/date-value', who: '戴', reason: ' ' }, 'Unexpected ` `'],
    ['nobody', { code: 'validate/date-value', reason: 'So.' }, 'without `who`'],
    ['an unknown code', { code: 'validate/no-such', ...why }, 'Unexpected code `validate/no-such`'],
    ['a line number', { code: 'validate/date-value', line: 3, ...why }, 'Unexpected key `line`'],
    ['a date that is none', { code: 'validate/date-value', date: 'today', ...why }, 'Unexpected `today`'],
  ])('%s: it is told, and nothing is ignored', (_, entry, message) => {
    const { faults, ignored } = run([entry], [date('tei/a.xml', 2)]);
    expect(faults.map((one) => one.message)).toEqual([expect.stringContaining(message)]);
    expect(faults[0]?.severity).toBe('error');
    expect(faults[0]?.range?.start.line).toBeGreaterThan(1);
    expect(ignored).toEqual([false]);
  });
});

describe('lists are looked for', () => {
  const candidates = (file: string): string[] => ignoreFilesFor([inFile(file)]).map((one) => relative(folder, one));

  it('beside the file alone, where no folder above is an edition or the current one', () => {
    expect(candidates('tei/old/b.xml')).toEqual(['tei/old/weibian-ignore.json']);
  });

  it('up to the folder of edition.json', () => {
    writeFileSync(inFile('edition.json'), '{}');
    expect(candidates('tei/old/b.xml')).toEqual([
      ...['tei/old/weibian-ignore.json', 'tei/weibian-ignore.json', 'weibian-ignore.json'],
    ]);
    rmSync(inFile('edition.json'));
  });

  it('up to the current folder', () => {
    expect(ignoreFilesFor(['test/fixtures/x.xml'])).toEqual([
      ...['test/fixtures/weibian-ignore.json', 'test/weibian-ignore.json', 'weibian-ignore.json'],
    ]);
  });
});
