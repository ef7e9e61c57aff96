import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, DiagnosticError } from '../src/core/diagnostic.ts';
import { checkWritable, readBytes, writeFileAtomic } from '../src/core/files.ts';
import { fold } from '../src/core/fold.ts';
import { readJson } from '../src/core/json.ts';
import { WordTrie } from '../src/core/word-trie.ts';
import { elementsNamed, parseXml, scanXml } from '../src/core/xml.ts';

describe('XML', () => {
  test('the tree keeps what fast-xml-parser drops by default: white space, numbers, entities once', () => {
    const root = parseXml('<p n="007"> a <lb/>007&amp;lt;&#x20000;<![CDATA[<x>]]>\n</p>');
    expect(root).toEqual({
      name: 'p',
      attributes: { n: '007' },
      children: [' a ', { name: 'lb', attributes: {}, children: [] }, '007&lt;𠀀', '<x>', '\n'],
    });
  });

  test('elements are found in document order', () => {
    const root = parseXml('<a><b n="1"><b n="2"/></b><c><b n="3"/></c></a>');
    expect([...elementsNamed(root, 'b')].map(({ attributes }) => attributes.n)).toEqual(['1', '2', '3']);
  });

  test('tags have their places, whatever stands behind their names', () => {
    const xml = '<a\r\n>\n𨫼<b/><c\tx="1"\n></c ></a>';
    const tags: string[] = [];
    scanXml(xml, {
      start: ({ at, to }) => tags.push(xml.slice(at, to)),
      end: ({ local }, to) => tags.push(`${local}: ${xml.slice(0, to).slice(-4)}`),
    });
    expect(tags).toEqual(['<a\r\n>', '<b/>', 'b: <b/>', '<c\tx="1"\n>', 'c: /c >', 'a: </a>']);
  });

  const malformed: readonly [string, string][] = [
    ['a tag that is not closed', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['an attribute twice', '<a x="1" x="2"/>'],
    ['a bare ampersand', '<a>&</a>'],
    ['an entity without a DTD', '<a>&auml;</a>'],
    ['a control character', '<a>\u{1}</a>'],
    ['a prefix without a namespace', '<x:a/>'],
    ['nothing', ''],
  ];
  test.each(malformed)('%s is not well-formed', (_, xml) => expect(scanXml(xml)).toBeDefined());
});

describe('JSON', () => {
  const read = (text: string) => {
    const found: Diagnostic[] = [];
    readJson(text, 'persons.json', 'persons', (one) => found.push(one));
    return found.map(
      ({ code, path, range, message }) =>
        `${range!.start.line}:${range!.start.column} ${code} ${path ?? ''} ${message}`,
    );
  };

  test('a file without faults has none', () => {
    expect(read('{ "persons": [{ "id": "li", "name": "李" }] }')).toEqual([]);
  });

  test('each fault has its place', () => {
    expect(read('{\n  "persons": [\n    { "id": "Li", "nam": "李" }\n  ]\n}')).toEqual([
      expect.stringMatching(/^3:5 config\/invalid-value \/persons\/0 Unexpected object without `name`/),
      expect.stringMatching(
        /^3:19 config\/invalid-value \/persons\/0 Unexpected key `nam`, expected one of `id`, `name`/,
      ),
      expect.stringMatching(/^3:13 config\/invalid-value \/persons\/0\/id Unexpected `Li`, expected Id of the entity/),
    ]);
  });

  test('broken syntax is told with its place', () => {
    expect(read('{ "persons": [ }')).toEqual([expect.stringMatching(/^1:\d+ config\/invalid-json/)]);
    expect(read('')).toEqual([expect.stringMatching(/^1:1 config\/invalid-json/)]);
  });
});

describe('files', () => {
  test('are written whole, in folders made as needed, and no temporary file stays', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weibian-'));
    writeFileAtomic(join(folder, 'a/b/c.txt'), '宋');
    writeFileAtomic(join(folder, 'a/b/c.txt'), '遼');
    expect(readFileSync(join(folder, 'a/b/c.txt'), 'utf8')).toBe('遼');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['c.txt']);
  });

  test('a place that cannot be written or read is a diagnostic', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weibian-'));
    writeFileSync(join(folder, 'file'), 'kept');
    expect(() => writeFileAtomic(join(folder, 'file/x'), '')).toThrow(DiagnosticError);
    expect(() => checkWritable(join(folder, 'file'))).toThrow(DiagnosticError);
    expect(() => readBytes(join(folder, 'missing'))).toThrow(DiagnosticError);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept');
    expect(existsSync(join(folder, '.weibian'))).toBe(false);
  });
});

describe('folding', () => {
  test('simplified characters, variants and forms of print become one character each', () => {
    expect(fold('党项辽历')).toBe(fold('黨項遼曆'));
    expect(fold('徳㑹闗陜')).toBe(fold('德會關陝'));
    expect(fold('乙已')).toBe(fold('乙巳'));
  });

  test('keeps the length in UTF-16 units and goes one step', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text)).toHaveLength(text.length);
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
    const every = Array.from({ length: 0x9fff - 0x3400 }, (_, at) => String.fromCharCode(0x3400 + at)).join('');
    expect(fold(fold(every))).toBe(fold(every));
  });
});

describe('a trie of words', () => {
  test('finds every word that begins at a place, shortest first, and nothing beyond the limit', () => {
    const words = ['宋', '宋史', '宋史紀事本末', '史', '𠀀州'];
    const trie = new WordTrie(words);
    const at = (text: string, from: number, limit = text.length): string[] => {
      const found: string[] = [];
      trie.matches(text, from, limit, (word, length) => found.push(`${words[word]} ${length}`));
      return found;
    };
    expect(at('宋史紀事本末', 0)).toEqual(['宋 1', '宋史 2', '宋史紀事本末 6']);
    expect(at('宋史紀事本末', 0, 3)).toEqual(['宋 1', '宋史 2']);
    expect(at('讀𠀀州', 1)).toEqual(['𠀀州 3']);
    expect(at('讀', 0)).toEqual([]);
  });
});
