import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { validateTei } from '../src/validate/validate.ts';
import { assemble } from '../src/validate/xinclude.ts';

const xi = 'xmlns:xi="http://www.w3.org/2001/XInclude"';
const tei = 'xmlns="http://www.tei-c.org/ns/1.0"';

/** Assembles a document of some files, and keeps the paths that were asked for. */
function run(text: string, files: Readonly<Record<string, string>> = {}, file = 'book/main.xml') {
  const found: Diagnostic[] = [];
  const read: string[] = [];
  const readFile = (path: string) => {
    read.push(path);
    return files[path] === undefined ? undefined : new TextEncoder().encode(files[path]);
  };
  const assembled = assemble(text, file, { files: readFile }, (one) => found.push(one));
  return { assembled, text: assembled?.text, found, read, codes: found.map(({ code }) => code) };
}

const including = (href: string, more = '') => `<a ${xi}>\n<xi:include href="${href}"${more}/></a>`;

describe('inclusion', () => {
  it('puts a file in its place, without its XML declaration', () => {
    const { text, read } = run(including('one.xml'), { 'book/one.xml': '<?xml version="1.0"?>\n<b>文</b>\n' });
    expect(text).toBe(`<a ${xi}>\n\n<b>文</b>\n</a>`);
    expect(read).toEqual(['book/one.xml']);
  });

  it('resolves href against the file that includes, and reads escapes of a URI', () => {
    const files = { 'book/parts/one.xml': including('../two%20%E6%96%87.xml'), 'book/two 文.xml': '<c/>' };
    const { text } = run(including('parts/one.xml'), files);
    expect(text).toBe(`<a ${xi}>\n<a ${xi}>\n<c/></a></a>`);
  });

  it('keeps the namespace of what is included', () => {
    const files = { 'book/one.xml': '<b/>', 'book/two.xml': `<TEI ${tei}/>` };
    const root = `<r ${tei} ${xi}><xi:include href="one.xml"/><xi:include href="two.xml"/></r>`;
    expect(run(root, files).text).toBe(`<r ${tei} ${xi}><b xmlns=""/><TEI ${tei}/></r>`);
  });

  it('takes one element by its xml:id, with the namespaces it needs', () => {
    const one = `<r ${tei} xmlns:x="u&amp;v"><x:p xml:id="p1"><x:q/></x:p><p xml:id="p2"/></r>`;
    const { text } = run(including('one.xml', ' xpointer="p1"'), { 'book/one.xml': one });
    expect(text).toBe(`<a ${xi}>\n<x:p ${tei} xmlns:x="u&#38;v" xml:id="p1"><x:q/></x:p></a>`);
  });

  it('escapes a text', () => {
    const { text } = run(including('one.txt', ' parse="text"'), { 'book/one.txt': 'a < b & c\r\n]]>' });
    expect(text).toBe(`<a ${xi}>\na &#60; b &#38; c&#13;\n]]&#62;</a>`);
  });

  it('uses the fallback of a file that is missing, inclusions in it too', () => {
    const fallback = '<xi:include href="no.xml"><xi:fallback><xi:include href="one.xml"/>!</xi:fallback></xi:include>';
    expect(run(`<a ${xi}>${fallback}</a>`, { 'book/one.xml': '<b/>' }).text).toBe(`<a ${xi}><b/>!</a>`);
    const empty = '<xi:include href="no.xml"><xi:fallback/></xi:include>';
    expect(run(`<a ${xi}>${empty}</a>`).text).toBe(`<a ${xi}></a>`);
  });

  const small = readFileSync(new URL('fixtures/validate/valid/small.xml', import.meta.url), 'utf8');
  const [before, body, after] = small.split(/(<body>[\s\S]*<\/body>)/) as [string, string, string];
  const main = `${before.replace('<TEI ', `<TEI ${xi} `)}<xi:include href="body.xml"/>${after}`;

  async function validate(included: string): Promise<string[]> {
    const found: string[] = [];
    const files = () => new TextEncoder().encode(`<?xml version="1.0"?>\n${included.replace('<body', `<body ${tei}`)}`);
    await validateTei(main, 'main.xml', { files }, ({ file, code, range }) =>
      found.push(`${file}:${range?.start.line}:${range?.start.column} ${code}`),
    );
    return found;
  }

  it('makes a valid document of valid parts', async () => {
    expect(await validate(body)).toEqual([]);
  });

  it('reports a fault at its place in the file it comes from', async () => {
    const faulty = body.replace('秋七月', '秋<bad/>七月');
    const [head] = faulty.split('<bad/>') as [string];
    const line = head.split('\n').length + 1;
    const column = [...head.slice(head.lastIndexOf('\n') + 1)].length + 1;
    expect(await validate(faulty)).toEqual([`body.xml:${line}:${column} validate/unexpected-element`]);
  });
});

describe('refusal', () => {
  const outside = [
    ...['../secret.xml', '../book2/x.xml', 'a/../../x.xml', '/etc/passwd', 'file:///etc/passwd', 'FILE:/etc/passwd'],
    ...[
      '%2e%2e/secret.xml',
      '..%2Fsecret.xml',
      'C:/x.xml',
      'c:%5Cx.xml',
      'data:text/xml,x',
      '..',
      '.',
      'x%00.xml',
      '%zz',
    ],
  ];
  it.each(outside)('%s is not read', (href) => {
    const { codes, read, assembled } = run(including(href), { '../secret.xml': '<b/>', 'secret.xml': '<b/>' });
    expect(codes).toEqual(['validate/xinclude-outside']);
    expect(read).toEqual([]);
    expect(assembled).toBeUndefined();
  });

  it.each([
    'http://example.org/a.xml',
    'https://example.org/a',
    '//example.org/a',
    'ftp://example.org/a',
    'HTTP://x/y',
  ])('%s is not fetched', (href) => {
    const { codes, read } = run(including(href));
    expect(codes).toEqual(['validate/remote-reference']);
    expect(read).toEqual([]);
  });

  it('of everything in a text that is in no folder', () => {
    const found: Diagnostic[] = [];
    expect(assemble(including('one.xml'), '-', {}, (one) => found.push(one))).toBeUndefined();
    expect(found.map(({ code }) => code)).toEqual(['validate/xinclude-outside']);
  });

  it('of a link that leads out of the folder', () => {
    const codes: string[] = [];
    const disk = {
      files: () => new TextEncoder().encode('<b/>'),
      realPath: (path: string) => path.replace('book/linked', 'elsewhere/secret'),
    };
    const assembled = (href: string) =>
      assemble(including(href), 'book/main.xml', disk, ({ code }) => codes.push(code));
    expect(assembled('linked.xml')).toBeUndefined();
    expect(codes).toEqual(['validate/xinclude-outside']);
    expect(assembled('own.xml')?.text).toContain('<b/>');
  });

  it('of files that include each other', () => {
    const files = { 'book/one.xml': including('two.xml'), 'book/two.xml': including('one.xml') };
    const { codes, found } = run(including('one.xml'), files);
    expect(codes).toEqual(['validate/xinclude-loop']);
    expect(found[0]).toMatchObject({ file: 'book/two.xml', range: { start: { line: 2, column: 1 } } });
    expect(run(including('main.xml'), {}).codes).toEqual(['validate/xinclude-loop']);
  });

  it('of a chain that is too long', () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`book/${n}.xml`, including(`${n + 1}.xml`)]),
    );
    expect(run(including('0.xml'), files).codes).toEqual(['validate/xinclude-loop']);
  });

  it('of files that double at each step, at once', () => {
    const twice = (n: number) => `<a ${xi}>${`<xi:include href="${n}.xml"/>`.repeat(10)}</a>`;
    const files = Object.fromEntries(Array.from({ length: 18 }, (_, n) => [`book/${n}.xml`, twice(n + 1)]));
    const { codes } = run(twice(0), { ...files, 'book/18.xml': '<b/>' });
    expect(new Set(codes)).toEqual(new Set(['validate/too-large']));
    expect(codes.length).toBeLessThan(300);
  });

  it('of a file that is missing, ill-formed or not UTF-8, under its own name', () => {
    expect(run(including('no.xml')).codes).toEqual(['validate/xinclude-not-found']);
    const ill = run(including('one.xml'), { 'book/one.xml': '<b>\n<c></b>' });
    expect(ill.found[0]).toMatchObject({
      code: 'validate/not-well-formed',
      file: 'book/one.xml',
      range: { start: { line: 2 } },
    });
    const doctype = run(including('one.xml'), { 'book/one.xml': '<!DOCTYPE b SYSTEM "b.dtd"><b/>' });
    expect(doctype.codes).toEqual(['validate/doctype']);
    expect(doctype.read).toEqual(['book/one.xml']);
    expect(run(including('one.txt', ' parse="text"'), { 'book/one.txt': '\u0001' }).codes).toEqual([
      'validate/not-well-formed',
    ]);
  });

  const unsupported = [
    ...[
      '<xi:include/>',
      '<xi:include href=""/>',
      '<xi:include href="one.xml#b"/>',
      '<xi:include href="one.xml" parse="html"/>',
    ],
    ...[
      '<xi:include href="one.xml" xpointer="element(/1)"/>',
      '<xi:include href="one.xml" parse="text" encoding="GBK"/>',
    ],
    '<xi:include href="one.xml" xml:base="sub/"/>',
  ];
  it.each(unsupported)('of %s', (inclusion) => {
    expect(run(`<a ${xi}>${inclusion}</a>`, { 'book/one.xml': '<b/>' }).codes).toEqual([
      'validate/xinclude-unsupported',
    ]);
  });

  it('of an id that is not there', () => {
    const { codes } = run(including('one.xml', ' xpointer="x"'), { 'book/one.xml': '<b/>' });
    expect(codes).toEqual(['validate/xinclude-not-found']);
  });
});
