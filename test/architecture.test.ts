import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../src/core/codes.ts';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** Which folders a folder of src may import from, beside itself. `.` is src itself: the shell and the public API. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  calendar: ['core'],
  authority: ['core'],
  config: ['core', 'authority'],
  source: ['core'],
  lexicon: ['core', 'authority'],
  annotate: ['core', 'calendar', 'authority', 'lexicon', 'source'],
  tei: ['core', 'calendar', 'authority', 'config', 'source', 'annotate'],
  validate: ['core', 'calendar'],
  layout: ['core'],
  edition: ['core', 'calendar', 'lexicon', 'layout'],
  site: ['core', 'layout'],
  report: ['core'],
  batch: ['core', 'authority', 'config', 'source', 'validate', 'report'],
  commands: [
    ...['core', 'calendar', 'authority', 'config', 'source', 'annotate', 'tei', 'validate', 'layout', 'edition'],
    ...['report', 'batch'],
  ],
  setup: ['core', 'calendar', 'authority', 'lexicon', 'annotate', 'tei', 'validate', 'commands'],
  '.': [
    'core',
    'authority',
    'config',
    'source',
    'annotate',
    'tei',
    'validate',
    'layout',
    'edition',
    'report',
    'commands',
  ],
};

/** Each library has one home. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'fast-xml-parser': ['core/xml.ts'],
  'saxon-js': ['core/xslt.ts'],
  ajv: ['core/json-schema.ts', 'core/json.ts'],
  diff: ['report/unified-diff.ts'],
  'jsonc-parser': ['core/json.ts'],
  picomatch: ['batch/glob.ts'],
  xmlbuilder2: ['tei/serialise.ts'],
  xmlchars: ['validate/xsd-primitives.ts', 'validate/xsd-regex.ts'],
  xslt3: ['core/compile-xslt.ts', 'setup/compile.ts'],
  pdfkit: ['layout/pdf.ts'],
  'd3-geo': ['edition/draw-map.ts'],
  'subset-font': ['edition/web-font.ts'],
  fflate: ['edition/ocf.ts'],
  pagefind: ['edition/search-index.ts'],
  esbuild: ['setup/bundle.ts', 'setup/compile.ts'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file),
);
const imports = files.flatMap((file) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, target]) => ({
    file,
    target: target!,
  })),
);
const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '.');

describe('architecture', () => {
  test('every folder of src has its place', () => {
    expect([...new Set(files.map(folderOf))].sort()).toEqual(Object.keys(mayImport).sort());
  });

  test('folders import only what is below them', () => {
    const breaches = imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, target }) => ({ file, target: relative(src, join(src, dirname(file), target)) }))
      .filter(({ file, target }) => {
        const [from, to] = [folderOf(file), folderOf(target)];
        return from !== to && !mayImport[from]?.includes(to);
      });
    expect(breaches).toEqual([]);
  });

  test('each library has one home', () => {
    const strays = imports.filter(({ file, target }) => {
      const library = Object.keys(homes).find((name) => target === name || target.startsWith(`${name}/`));
      return library !== undefined && !homes[library]!.includes(file);
    });
    expect(strays).toEqual([]);
  });

  test('only the shell touches process and console', () => {
    const touching = files
      .filter((file) => file !== 'cli.ts' && folderOf(file) !== 'setup')
      .filter((file) => {
        return /\bconsole\.\w|\bprocess\.(?:argv|env|exit|std|cwd)/.test(readFileSync(join(src, file), 'utf8'));
      });
    expect(touching).toEqual([]);
  });

  test('every code of the catalogue is made somewhere', () => {
    const text = [
      ...files.filter((file) => file !== 'core/codes.ts').map((file) => readFileSync(join(src, file), 'utf8')),
      readFileSync(join(src, '../schemas/weibian.sch'), 'utf8'),
      ...readdirSync(join(src, '../xslt'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.xsl'))
        .map((file) => readFileSync(join(src, '../xslt', file), 'utf8')),
    ].join('\n');
    const unmade = Object.keys(catalogue).filter((code) => {
      const local = code.split('/')[1]!;
      return ![`'${code}'`, `id="${local}"`, `d:${local}`].some((form) => text.includes(form));
    });
    expect(unmade).toEqual([]);
  });
});
