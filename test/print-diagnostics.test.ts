import { describe, expect, it } from 'vitest';
import { explanation } from '../src/commands/explain.ts';
import { type CatalogueEntry, catalogue } from '../src/core/codes.ts';
import { type Diagnostic, diagnostic } from '../src/core/diagnostic.ts';
import { TextIndex } from '../src/core/span.ts';
import { codeFrame } from '../src/report/code-frame.ts';
import { countLine, printDiagnostics } from '../src/report/print-diagnostics.ts';

const text = '<p>夏六月，<perName>繼遷</perName>掠河西。</p>\n';
const index = new TextIndex(text);
const range = index.range({ start: 7, end: 15 });
const found: Diagnostic = {
  ...diagnostic('validate/unexpected-element', 'Unexpected element `perName`.', {
    file: 'a.xml',
    range,
    path: '/p/perName',
  }),
  help: 'Correct the name.',
};
const textOf = (file: string): string | undefined => (file === 'a.xml' ? text : undefined);

describe('text', () => {
  it('shows place, code, message, frame and help', () => {
    expect(printDiagnostics([found], { format: 'text', color: false, textOf })).toEqual([
      'a.xml:1:8 error validate/unexpected-element Unexpected element `perName`.',
      '  1 | <p>夏六月，<perName>繼遷</perName>掠河西。</p>',
      '    |            ^^^^^^^^',
      '  help: Correct the name.',
    ]);
  });

  it('shows the path where there is no text, and related places', () => {
    const related = [{ message: 'first used here', file: 'a.xml', range }];
    expect(printDiagnostics([{ ...found, related }], { format: 'text', color: false })).toEqual([
      'a.xml:1:8 error validate/unexpected-element Unexpected element `perName`.',
      '  at /p/perName',
      '  a.xml:1:8 first used here',
      '  help: Correct the name.',
    ]);
  });

  it('names the section of the encoding that a code rests on, and the path where it is wanted', () => {
    const { help, section }: CatalogueEntry = catalogue[found.code];
    const usual = { ...found, help };
    const lines = printDiagnostics([usual], { format: 'text', color: false, textOf, paths: true });
    expect(lines.slice(-2)).toEqual(['  at /p/perName', `  help: ${help} (see docs/encoding.md#${section})`]);
  });

  it('colours only when asked', () => {
    expect(printDiagnostics([found], { format: 'text', color: true, textOf }).join('')).toContain(
      '\u001B[31merror\u001B[0m',
    );
    expect(printDiagnostics([found], { format: 'text', color: false, textOf }).join('')).not.toContain('\u001B');
  });

  it('lets no control character of the input through', () => {
    const message = 'Unexpected `\u001B[2J`.';
    const lines = printDiagnostics([{ ...found, message }], {
      format: 'text',
      color: false,
      textOf: () => text.replace('夏', '\u001B').replace('六', '\t'),
    });
    expect(lines.join('')).not.toMatch(/[\u0000-\u001F]/);
  });

  it('folds what repeats, by file and code', () => {
    const other = { ...found, file: 'b.xml' };
    const many = [...Array.from({ length: 25 }, () => found), other];
    const lines = printDiagnostics(many, { format: 'text', color: false });
    expect(lines.filter((line) => line.startsWith('a.xml:'))).toHaveLength(20);
    expect(lines.filter((line) => line.startsWith('b.xml:'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('a.xml … and 5 more validate/unexpected-element');
  });
});

it('writes one JSON object a line, and leaves none out', () => {
  const lines = printDiagnostics(
    Array.from({ length: 30 }, () => found),
    { format: 'json', color: true },
  );
  expect(lines).toHaveLength(30);
  expect(JSON.parse(lines[0]!)).toEqual(found);
});

it('explains a code with its level, its section and its examples', () => {
  const entry = {
    ...catalogue['validate/date-order'],
    section: 'dates',
    wrong: '<date\n  from="2"/>',
    right: '<date/>',
  };
  const lines = explanation('validate/date-order', entry).split('\n');
  expect(lines[0]).toBe('validate/date-order (error, found at the level data)');
  expect(lines.slice(-8)).toEqual([
    ...['See docs/encoding.md#dates.', '', 'Wrong:', '  <date', '    from="2"/>', '', 'Right:', '  <date/>'],
  ]);
});

it('counts', () => {
  const warning = diagnostic('validate/date-value', 'Unexpected date.');
  expect(countLine([], 1)).toBe('0 errors, 0 warnings in 1 file');
  expect(countLine([found, warning, warning], 2)).toBe('1 error, 2 warnings in 2 files');
  expect(countLine([{ ...warning, severity: 'info' }], 1)).toBe('0 errors, 0 warnings, 1 note in 1 file');
});

describe('code frame', () => {
  const cellsOf = (line: string): number =>
    [...line].reduce((sum, point) => sum + (/\p{Script=Han}/u.test(point) ? 2 : 1), 0);

  it('cuts a long line around the column and marks the same characters', () => {
    const line = `${'前'.repeat(200)}<x>${'後'.repeat(200)}`;
    const { text: shown, mark } = codeFrame(line, { line: 7, column: 201 }, 204, 60);
    expect(cellsOf(shown)).toBeLessThanOrEqual(60);
    expect(shown.startsWith('…')).toBe(true);
    expect(shown.endsWith('…')).toBe(true);
    expect(cellsOf(shown.slice(0, shown.indexOf('<x>')))).toBe(mark.indexOf('^'));
    expect(mark.trim()).toBe('^^^');
  });

  it('counts astral characters once, and two cells', () => {
    expect(codeFrame('𨫼<a>', { line: 1, column: 2 }, 5, 80).mark).toBe('  ^^^');
  });

  it('points behind the end of a line, and to its end when the range goes on', () => {
    expect(codeFrame('ab', { line: 1, column: 3 }, undefined, 80).mark).toBe('  ^');
    expect(codeFrame('abcd', { line: 1, column: 3 }, undefined, 80).mark).toBe('  ^^');
  });
});
