import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, DiagnosticError } from '../src/core/diagnostic.ts';
import { TextIndex } from '../src/core/span.ts';
import { checkBrackets, checkCharacters } from '../src/source/check-characters.ts';
import { readEntries, readNotes } from '../src/source/read-entries.ts';
import { readSource } from '../src/source/source-document.ts';
import { cases, expectFile } from './fixture-folders.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('entries and characters', () => {
  for (const { name, folder } of cases('source')) {
    test(name, () => {
      const source = readSource('input.txt', readFileSync(join(folder, 'input.txt')));
      const diagnostics: Diagnostic[] = [];
      checkCharacters(source, (found) => diagnostics.push(found));
      checkBrackets(source, (found) => diagnostics.push(found));
      const show = (span?: { start: number; end: number }) => span && source.text.slice(span.start, span.end);
      const entries = readEntries(source, readNotes(source)).map(({ n, head, body }) => ({
        n,
        head: show(head),
        body: body.map(show),
      }));
      const found = diagnostics.map(
        ({ code, range, message }) => `${range!.start.line}:${range!.start.column} ${code} ${message}`,
      );
      expectFile(join(folder, 'expected.json'), `${JSON.stringify({ entries, diagnostics: found }, undefined, 2)}\n`);
    });
  }

  test('the blocks of juan 3 cover its text without a gap', () => {
    const source = readSource('xixiaji-03.txt', readFileSync(new URL('../corpus/xixiaji-03.txt', import.meta.url)));
    const entries = readEntries(source, readNotes(source));
    expect(entries).toHaveLength(68);
    let at = 0;
    for (const block of entries.flatMap(({ head, body }) => (head ? [head, ...body] : body))) {
      expect(block.start).toBe(at);
      at = block.end;
    }
    expect(at).toBe(source.text.length);
    expect(source.text.length).toBe(10_240);
  });
});

describe('decoding', () => {
  const refusal = (bytes: Uint8Array): Diagnostic => {
    try {
      readSource('x.txt', bytes);
    } catch (error) {
      if (error instanceof DiagnosticError) return error.diagnostic;
      throw error;
    }
    throw new Error('the source was not refused');
  };

  test('an empty file and one of white space are refused', () => {
    expect(refusal(encode('')).code).toBe('source/empty');
    expect(refusal(encode(' \n\u3000\n')).code).toBe('source/empty');
  });

  test('a binary file is refused', () => {
    expect(refusal(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 9)).code).toBe('source/binary-file');
  });

  test('GBK is refused and named', () => {
    // 宋史之不可信者也，其為人也 in GBK.
    const gbk = Uint8Array.from(Buffer.from('cbcecab7d6aeb2bbbfc9d0c5d5dfd2b2a3acc6e4c6b7d6aed3d0d2b2', 'hex'));
    expect(refusal(gbk)).toMatchObject({ code: 'source/not-utf8' });
    expect(refusal(gbk).message).toContain('GBK');
  });

  test('UTF-16 is refused and named', () => {
    expect(refusal(Uint8Array.of(0xff, 0xfe, 0x8b, 0x5b)).message).toContain('UTF-16');
  });

  test('a byte order mark is noted and not part of the text', () => {
    const source = readSource('x.txt', encode('\u{feff}宋史'));
    expect(source.byteOrderMark).toBe(true);
    expect(source.text.text).toBe('宋史');
  });
});

describe('offsets', () => {
  test('count code points where UTF-16 counts units', () => {
    const index = new TextIndex('出駐𨫼子山，\n遷');
    expect(index.length).toBe(8);
    expect(index.slice(2, 5)).toBe('𨫼子山');
    expect(index.toUnit(3)).toBe(4);
    expect(index.toOffset(4)).toBe(3);
    expect(index.toOffset(3)).toBe(2);
    expect(index.point(7)).toEqual({ line: 2, column: 1, offset: 7 });
    expect(index.line(1)).toBe('出駐𨫼子山，');
  });
});
