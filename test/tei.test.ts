import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Authority, emptyAuthority } from '../src/authority/authority.ts';
import { convertDocument } from '../src/commands/convert-document.ts';
import { type EditionConfig, readEditionConfig } from '../src/config/edition-config.ts';
import { readBody, readBodyText } from '../src/core/body-text.ts';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { elementsNamed, parseXml } from '../src/core/xml.ts';
import { validateTei } from '../src/validate/validate.ts';
import { cases, expectFile } from './fixture-folders.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const authority = JSON.parse(readFileSync(path('test/fixtures/authority.json'), 'utf8')) as Authority;

const edition: EditionConfig = {
  id: 'test',
  title: '測試',
  author: '撰人',
  editors: [{ id: 'editor', name: 'Editor' }],
  publisher: 'Nobody',
  date: '2026-01-01',
  identifier: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  licence: { name: 'CC0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
  source: { description: 'A test.' },
  folder: '.',
  documents: [],
  authority,
  recognition: 'authority',
  layout: {},
};

const schema = path('../shared/schemas/tei_all.rng');
const hasJing = spawnSync('jing', { stdio: 'ignore' }).error === undefined && existsSync(schema);

function faultsByJing(xml: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'weibian-')), 'test.xml');
  writeFileSync(file, xml);
  return spawnSync('jing', [schema, file], { encoding: 'utf8' }).stdout;
}

function convert(bytes: Uint8Array, config = edition) {
  const diagnostics: Diagnostic[] = [];
  const document = { file: 'test.txt', id: 'test', juan: 3, start: '咸平二年' };
  const converted = convertDocument(bytes, document, config, '0.0.0', (found) => diagnostics.push(found));
  return { xml: converted?.tei.xml, diagnostics };
}

const part = (xml: string, name: string): string =>
  new RegExp(`^ *<${name}[ >].*?</${name}>$`, 'ms').exec(xml)?.[0] ?? '';

describe('what a text becomes', () => {
  for (const { name, folder } of cases('tei')) {
    test(name, async () => {
      const bytes = readFileSync(join(folder, 'input.txt'));
      const { xml = '' } = convert(bytes);
      const shown = [part(xml, 'charDecl'), part(xml, 'standOff'), part(xml, 'body')].filter((one) => one !== '');
      expectFile(join(folder, 'expected.xml'), `${shown.join('\n')}\n`);
      expect(readBody(xml).text).toBe(new TextDecoder().decode(bytes).replace(/^\u{feff}/u, ''));
      const diagnostics: Diagnostic[] = [];
      await validateTei(xml, 'test.xml', {}, (found) => diagnostics.push(found));
      expect(diagnostics).toEqual([]);
    });
  }
});

describe('nothing is lost', () => {
  const juan3 = readFileSync(path('corpus/xixiaji-03.txt'));

  test('juan 3 comes back byte for byte', () => {
    const { xml } = convert(juan3, readEditionConfig(path('edition.json'), () => {})!);
    expect(Buffer.from(readBody(xml!).text)).toEqual(juan3);
    expect(Buffer.from(readBodyText(xml!))).toEqual(juan3);
  });

  test('a reformatted file gives the same text', () => {
    const { xml } = convert(juan3);
    const wrapped = xml!.replaceAll('<lb ', '\n      <lb ').replaceAll('<placeName', '\n<placeName');
    expect(readBody(wrapped).text).toBe(readBody(xml!).text);
  });

  test.each([
    ['<p><supplied>甲</supplied></p>', '〔甲〕'],
    ['<p><supplied>〔甲〕</supplied></p>', '〔甲〕'],
    ['<p><supplied/><supplied><lb n="2"/><persName>甲</persName></supplied></p>', '〔〕〔\n甲〕'],
    ['<p><supplied><corr>乙</corr><supplied>〔丙〕</supplied></supplied></p>', '〔〔丙〕〕'],
    ['<p>甲<lb n="2" type="crlf"/>\n  乙<![CDATA[<丙>]]>&#x20000;&amp;amp;</p>', '甲\r\n乙<丙>𠀀&amp;'],
    ['<p>甲<note type="editorial">乙<lb n="3"/></note><choice><sic>丙</sic><corr>丁</corr></choice></p>', '甲丙'],
    ['<head type="supplied">甲</head><div>乙<p>丙</p></div>', '丙'],
    ['<p><bibl>甲<title>乙</title></bibl><date/></p>', '甲乙'],
  ])('the text of %s is read from a tree and from a scan', (body, text) => {
    const xml = `<TEI><teiHeader><p>not the text</p></teiHeader><text><body>${body}</body></text></TEI>`;
    expect([readBody(xml).text, readBodyText(xml)]).toEqual([text, text]);
  });

  test('marks are told by their place in the text', () => {
    const xml =
      '<TEI><text><body><p><supplied><date>甲</date></supplied>𠀀<bibl>乙<title>丙</title></bibl><date/></p></body></text></TEI>';
    const spans = readBody(xml).spans.map(({ type, start, end }) => ({ type, start, end }));
    expect(spans).toEqual([
      { type: 'date', start: 1, end: 2 },
      { type: 'bibl', start: 4, end: 6 },
    ]);
  });

  test('what is not well-formed has no text', () => {
    expect(() => readBodyText('<TEI><body><p>甲</body></TEI>')).toThrow('not well-formed');
  });

  // Pieces that have broken tools: astral and private-use characters, line ends, empty lines, markup characters, nesting.
  const piece = fc.constantFrom(
    ...[
      '繼遷',
      '𨫼子山',
      '\u{e7b7}',
      '<者多>',
      '〔揮〕',
      '〔甲。（《宋史》）乙〕',
      '《乙。（上）丙》',
      '（《長編》作蒙吉布）',
      '（《宋史·夏國傳》及《西夏書事》）',
      '春三月',
      '是歲',
    ],
    ...[
      '，',
      '。',
      '。（《宋史》）',
      '\n',
      '\r\n',
      '\n\n',
      '\u3000',
      ' ',
      '&amp;',
      ']]>',
      '"',
      "'",
      '泥埋',
      '麟、府',
      '宋',
      '咸平九年',
    ],
  );
  test('any text comes back', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        fc.pre(text.trim() !== '');
        const { xml } = convert(new TextEncoder().encode(text));
        fc.pre(xml !== undefined);
        return readBody(xml!).text === text && readBodyText(xml!) === text;
      }),
      { numRuns: 300 },
    );
  });
});

describe('the TEI of juan 3', () => {
  const config = readEditionConfig(path('edition.json'), () => {})!;
  const xml = convert(readFileSync(path('corpus/xixiaji-03.txt')), config).xml!;
  const root = parseXml(xml);

  test('is the same from run to run', () => {
    expect(convert(readFileSync(path('corpus/xixiaji-03.txt')), config).xml).toBe(xml);
  });

  test('passes its own checks', async () => {
    const diagnostics: Diagnostic[] = [];
    await validateTei(xml, 'test.xml', {}, (found) => diagnostics.push(found));
    expect(diagnostics).toEqual([]);
  });

  test('has an event for each entry, and every annotation is signed', () => {
    const count = (name: string, type: string): number =>
      [...elementsNamed(root, name)].filter(({ attributes }) => attributes.type === type).length;
    expect(count('div', 'entry')).toBe(68);
    expect(count('event', 'entry')).toBe(68);
    expect(count('event', 'year')).toBe(5);
    const [body] = elementsNamed(root, 'body');
    const signed = ['persName', 'placeName', 'orgName', 'date', 'bibl', 'note', 'supplied', 'corr'];
    const unsigned = signed.flatMap((name) =>
      [...elementsNamed(body!, name)].filter(({ attributes }) => !attributes.resp),
    );
    expect(unsigned).toEqual([]);
  });

  test.skipIf(!hasJing)('is valid against tei_all (jing and ../shared at hand)', () => {
    expect(faultsByJing(xml)).toBe('');
  });
});

describe('the TEI of a text with proposals only', () => {
  const own = { ...edition, authority: emptyAuthority, recognition: 'propose' } as const;
  const xml = convert(readFileSync(path('corpus/gold/jinshi-134.txt')), own).xml!;

  test('passes its own checks, with the chances of others who may be meant', async () => {
    const diagnostics: Diagnostic[] = [];
    await validateTei(xml, 'test.xml', {}, (found) => diagnostics.push(found));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([...elementsNamed(parseXml(xml), 'certainty')].length).toBeGreaterThan(0);
  });

  test.skipIf(!hasJing)('is valid against tei_all (jing and ../shared at hand)', () => {
    expect(faultsByJing(xml)).toBe('');
  });
});

test('without authority files, citations and dates are still marked', () => {
  const { xml } = convert(readFileSync(path('corpus/xixiaji-03.txt')), { ...edition, authority: emptyAuthority });
  const spans = readBody(xml!).spans;
  expect(spans.filter(({ type }) => type === 'bibl').length).toBeGreaterThan(140);
  expect(spans.filter(({ type }) => type === 'date').length).toBe(68);
});
