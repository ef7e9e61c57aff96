import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type OptionValues, UsageError } from '../src/commands/command.ts';
import { printOptions } from '../src/commands/print-options.ts';
import { readBodyText } from '../src/core/body-text.ts';
import type { OutputFile } from '../src/core/files.ts';
import { elementsNamed, parseXml, type XmlElement } from '../src/core/xml.ts';
import { buildPrint, type PrintOptions } from '../src/edition/build-print.ts';
import type { LevelPage } from '../src/layout/horizontal/page.ts';
import { type Page, pageText } from '../src/layout/page.ts';

const sample = readFileSync(new URL('./fixtures/tei/sample.xml', import.meta.url), 'utf8');
const source = readBodyText(sample).replace(/\s/gu, '');
const han = (text: string): string => text.replace(/[^\p{Script=Han}]/gu, '');

const build = (options: PrintOptions, xml = sample): Promise<OutputFile[]> =>
  buildPrint([{ path: 'sample.xml', xml }], options, () => {});

/** The text of an element and of all in it. */
const textOf = ({ children }: XmlElement): string =>
  children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');

const named = (root: XmlElement, name: string): XmlElement[] => [...elementsNamed(root, name)];

describe.each(['keben', 'qianyin'] as const)('%s', (kind) => {
  it('as JSON: the placed cells, whose text is the source', async () => {
    const [file] = await build({ format: { kind }, form: 'json' });
    const { pages, binding } = JSON.parse(String(file!.content)) as { pages: { set?: Page }[]; binding: string };
    expect(binding).toBe('right');
    expect(file!.path).toMatch(/\.json$/);
    expect(pages.map(({ set }) => (set ? pageText(set) : '')).join('')).toBe(source);
  });

  it('as SVG: a picture of each page, in outlines, with its text as description', async () => {
    const files = await build({ format: { kind }, form: 'svg' });
    const roots = files.map(({ content }) => parseXml(String(content)));
    expect(files.map(({ path }) => path.slice(-8))).toEqual(
      files.map((_, at) => `-${String(at + 1).padStart(3, '0')}.svg`).map((name) => name.slice(-8)),
    );
    const described = roots.map((root) => textOf(named(root, 'desc')[0]!)).join('');
    expect(described).toContain(source.slice(0, 20));
    for (const root of roots) {
      const defined = new Set(named(root, 'path').flatMap(({ attributes: { id } }) => id ?? []));
      const used = named(root, 'use').map(({ attributes }) => attributes.href!.slice(1));
      expect(named(root, 'text')).toEqual([]);
      expect(used.every((id) => defined.has(id))).toBe(true);
      expect(new Set(used).size).toBe(defined.size);
    }
  });

  it('as HTML: the text of the pages as text, in reading order, with the fonts inside', async () => {
    const [file] = await build({ format: { kind }, form: 'html' });
    const html = String(file!.content);
    const body = parseXml(html.slice(html.indexOf('<body>'), html.indexOf('</html>')));
    const text = han(named(body, 'text').map(textOf).join(''));
    const [first, last] = [han(source).slice(0, 12), han(source).slice(-12)];
    expect(text.indexOf(first)).toBeGreaterThan(0);
    expect(text.indexOf(last)).toBeGreaterThan(text.indexOf(first));
    expect(named(body, 'section').length).toBeGreaterThan(3);
    expect(html).toMatch(/@font-face \{ font-family: w500-0; src: url\(data:font\/woff2;base64,/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it('horizontal pages are data too, and a character keeps its variation selector', async () => {
  const format = { kind: 'horizontal' } as const;
  const xml = sample.replaceAll('羌誘', '羌\u{e0100}誘');
  const [file] = await build({ format, form: 'json' }, xml);
  const { pages } = JSON.parse(String(file!.content)) as { pages: { set?: LevelPage }[] };
  const cells = pages.flatMap(({ set }) => set?.lines.flatMap((line) => line.cells) ?? []);
  expect(cells.length).toBeGreaterThan(50);
  expect(cells.some(({ text }) => text === '羌\u{e0100}')).toBe(true);
  const [html] = await build({ format, form: 'html' }, xml);
  expect(String(html!.content)).not.toContain('羌〓');
  expect(String(html!.content)).toContain('羌\u{e0100}');
});

it('hostile text stays text in every form', async () => {
  const hostile = sample.replace(/(<p[^>]*>)/, '$1&lt;script&gt;alert(1)&lt;/script&gt;"]]&gt;');
  for (const form of ['svg', 'html'] as const) {
    for (const { content } of await build({ form }, hostile)) expect(String(content)).not.toContain('<script');
  }
});

it('writes the pages that are wanted, under their own numbers; the same bytes again', async () => {
  const wanted = (page: number): boolean => page === 2 || page === 4;
  const files = await build({ form: 'svg', wanted });
  expect(files.map(({ path }) => path.slice(-7))).toEqual(['002.svg', '004.svg']);
  expect(await build({ form: 'svg', wanted })).toEqual(files);
  expect(await build({ wanted: () => false })).toEqual([]);
  const [html] = await build({ form: 'html', wanted });
  expect(String(html!.content).match(/<section /g)).toHaveLength(2);
});

describe('the options of the command line', () => {
  const options = (values: OptionValues, layout = {}): PrintOptions => printOptions(values, layout, '/edition');

  it('stand before those of the edition', () => {
    const press = { profile: 'press', red: 'spot', spot: 'PANTONE 485 C', bleed: '5', 'no-marks': true };
    expect(options({ preset: 'qianyin', size: 'A5', ...press })).toMatchObject({
      format: { kind: 'qianyin', page: { width: 148, height: 210 } },
      profile: 'press',
      red: 'spot',
      spot: 'PANTONE 485 C',
      bleed: 5,
      marks: false,
    });
    expect(options({ punctuation: 'none' }, { preset: 'qianyin', cells: 30 }).format).toEqual({
      kind: 'qianyin',
      rows: 30,
      punctuation: 'none',
    });
    expect(options({ size: '100x150.5' }).format).toEqual({ page: { width: 100, height: 150.5 } });
  });

  it('of another preset leave the grid of the edition aside', () => {
    expect(options({ preset: 'qianyin' }, { columns: 9 }).format).toEqual({ kind: 'qianyin' });
  });

  it('of the horizontal preset are read as lines and characters', () => {
    const layout = { preset: 'horizontal', cells: 32, columns: 30, margin: { spine: 20 }, apparatus: 'none' };
    expect(options({ size: 'A5' }, layout).format).toEqual({
      kind: 'horizontal',
      page: { width: 148, height: 210 },
      characters: 32,
      lines: 30,
      margin: { inside: 20 },
      apparatus: false,
    });
    expect(options({ preset: 'horizontal' }, { preset: 'qianyin', cells: 40 }).format).toEqual({ kind: 'horizontal' });
  });

  it('leave parts out', () => {
    expect(options({ without: 'contents,indexes' }, { matter: { principles: false, contents: true } }).matter).toEqual({
      principles: false,
      contents: false,
      indexes: false,
    });
  });

  it('take fonts of one’s own, of the edition by its folder', () => {
    expect(options({ fonts: 'a.ttf,b.ttf' }).fonts).toEqual(['a.ttf', 'b.ttf']);
    expect(options({}, { fonts: ['fonts/a.ttf'] }).fonts).toEqual(['/edition/fonts/a.ttf']);
  });

  it('choose pages by ranges', () => {
    const { wanted } = options({ range: '1-3, 7,20-' });
    expect([1, 3, 4, 7, 8, 19, 20, 999].filter((page) => wanted!(page))).toEqual([1, 3, 7, 20, 999]);
  });

  it.each([
    { preset: 'kaiben' },
    { size: 'A99' },
    { size: '100' },
    { profile: 'web' },
    { profile: 'press', bleed: 'x' },
    { profile: 'press', bleed: '99' },
    { bleed: '3' },
    { profile: 'press', spot: 'Red' },
    { profile: 'archive', red: 'black' },
    { profile: 'press', pages: 'svg' },
    { range: '0' },
    { range: '4-2' },
    { range: 'a' },
    { pages: 'png' },
    { without: 'colophon' },
    { preset: 'horizontal', punctuation: 'judou' },
  ])('%j is wrong usage', (values) => {
    expect(() => options(values)).toThrow(UsageError);
  });
});
