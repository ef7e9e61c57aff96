import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Diagnostic, diagnostic } from '../src/core/diagnostic.ts';
import { TextIndex } from '../src/core/span.ts';
import { elementsNamed, parseXml, scanXml } from '../src/core/xml.ts';
import type { Checked, Finding } from '../src/report/checked.ts';
import { writeHtmlReport } from '../src/report/html-report.ts';
import { writeJunit } from '../src/report/junit.ts';
import { writeSarif } from '../src/report/sarif.ts';
import { formatOfFile } from '../src/report/write-report.ts';

// One run with everything in it: a faulty file, one with a warning and a note, one that is clean; text that wants to be markup.

const hostile = '<script>alert(1)</script>]]>&"\u0001\u202E倒';
const text = `<p>夏六月，<perName>繼遷</perName>掠𨫼河西。</p>\n\t<p>${hostile}</p>\n<p>終</p>\n`;
const index = new TextIndex(text);
const at = (start: number, end: number) => ({ range: index.range({ start, end }) });
const file = '西夏 紀/a.xml';
const related = [{ message: 'first used here', file, ...at(7, 15) }];
const error = diagnostic('validate/unexpected-element', 'Unexpected element `perName`, expected {0}.', {
  ...{ file, path: '/p/perName', ...at(7, 15) },
});
const second = diagnostic('validate/duplicate-id', `Unexpected xml:id \`${hostile}\`.`, {
  ...{ file, path: `/p/@xml:id[${hostile}]`, ...at(40, 44), related },
});
const warning = diagnostic('validate/date-value', 'Unexpected date.', { file: 'b.xml', path: '/TEI/date' });
const note = diagnostic('source/carriage-return', 'Unexpected carriage return.', { file: 'b.xml' });
const setAside: Finding = {
  diagnostic: diagnostic('validate/entry-order', 'Unexpected number.', { file: 'b.xml' }),
  ignored: { reason: 'As <printed>', who: '戴', date: '2026-11-23', file: 'weibian-ignore.json', ...at(0, 2) },
};

function checked(
  findings: readonly (Diagnostic | Finding)[],
  files = ['b.xml', 'c.xml', file],
  strict = false,
): Checked {
  const all = findings.map((one) => ('diagnostic' in one ? one : { diagnostic: one }));
  return { files, findings: all, textOf: (name) => (name === file ? text : undefined), version: '1.2.3', strict };
}
const everything = checked([warning, note, setAside, error, second]);

describe('SARIF', () => {
  const log = JSON.parse(writeSarif(everything));
  const [run] = log.runs;
  const [first, , , fourth, fifth] = run.results;

  // The schema of OASIS as Microsoft's SDK ships it; only its dialect (draft 4) is told otherwise.
  const require = createRequire(import.meta.url);
  const official = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { id: _id, $schema: _dialect, ...schema } = official;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
  const valid = ajv.compile({ ...schema, $id: 'https://weibian.invalid/sarif' });

  it('follows the schema of SARIF 2.1.0', () => {
    expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ ...log, runs: [{ ...run, results: [{ ...first, level: 'fatal' }] }] })).toBe(false);
    expect(valid(JSON.parse(writeSarif(checked([], []))))).toBe(true);
  });

  it('has each rule once, and every result names its rule', () => {
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([...ids].sort());
    for (const { ruleId, ruleIndex } of run.results) expect(ids[ruleIndex]).toBe(ruleId);
    expect(run.results.map(({ level }: { level: string }) => level)).toEqual([
      'warning',
      'note',
      'error',
      'error',
      'error',
    ]);
    expect(run.tool.driver).toMatchObject({ name: 'weibian', version: '1.2.3' });
  });

  it('gives places in code points, with paths and related places', () => {
    expect(run.columnKind).toBe('unicodeCodePoints');
    const [location] = fourth.locations;
    const { uri, index: artifact } = location.physicalLocation.artifactLocation;
    expect(uri).toBe('%E8%A5%BF%E5%A4%8F%20%E7%B4%80/a.xml');
    expect(run.artifacts[artifact].location.uri).toBe(uri);
    expect(location.physicalLocation.region).toEqual({ startLine: 1, startColumn: 8, endLine: 1, endColumn: 16 });
    expect(location.logicalLocations).toEqual([{ fullyQualifiedName: '/p/perName', kind: 'element' }]);
    expect(fifth.relatedLocations[0]).toMatchObject({ message: { text: 'first used here' } });
  });

  it('doubles braces, which are placeholders there', () => {
    expect(fourth.message.text).toBe('Unexpected element `perName`, expected {{0}}.');
  });

  it('has a fingerprint that no line changes and every message does', () => {
    const moved = JSON.parse(
      writeSarif(
        checked([
          { ...error, ...at(50, 58) },
          { ...error, message: 'Other.' },
        ]),
      ),
    );
    const prints = moved.runs[0].results.map((one: typeof first) => one.partialFingerprints['codePathMessage/v1']);
    expect(prints[0]).toBe(fourth.partialFingerprints['codePathMessage/v1']);
    expect(prints[1]).not.toBe(prints[0]);
  });

  it('shows what is ignored as a suppression with its reason', () => {
    const suppressions = run.results.map((one: { suppressions: unknown[] }) => one.suppressions.length);
    expect(suppressions).toEqual([0, 0, 1, 0, 0]);
    expect(run.results[2].suppressions[0]).toMatchObject({
      kind: 'external',
      justification: 'As <printed> (戴, 2026-11-23)',
      location: { physicalLocation: { artifactLocation: { uri: 'weibian-ignore.json' } } },
    });
  });
});

describe('JUnit', () => {
  const xml = writeJunit(everything);
  const suites = (report: string) => [...elementsNamed(parseXml(report), 'testsuite')];

  it('is well-formed whatever the messages hold', () => {
    expect(scanXml(xml)).toBeUndefined();
    const texts = [...elementsNamed(parseXml(xml), 'failure')].map(({ children }) => children.join(''));
    expect(texts.join('\n')).toContain('<script>alert(1)</script>]]>&"\u{FFFD}');
  });

  it('has a suite for each file and a case for each code; a clean file passes', () => {
    expect(
      suites(xml).map(({ attributes: { name, tests, failures, skipped } }) => [name, tests, failures, skipped]),
    ).toEqual([
      ['b.xml', '3', '0', '1'],
      ['c.xml', '1', '0', '0'],
      [file, '2', '2', '0'],
    ]);
    expect([...elementsNamed(parseXml(xml), 'testsuites')][0]?.attributes).toMatchObject({
      ...{ tests: '6', failures: '2', errors: '0', skipped: '1' },
    });
  });

  it('tells warnings without failing, and fails by them when asked', () => {
    expect([...elementsNamed(suites(xml)[0]!, 'system-out')].map(({ children }) => children[0])).toEqual([
      expect.stringContaining('b.xml warning Unexpected date. (/TEI/date)'),
      expect.stringContaining('b.xml info Unexpected carriage return.'),
    ]);
    const strict = writeJunit({ ...everything, strict: true });
    expect(suites(strict)[0]?.attributes).toMatchObject({ failures: '1', skipped: '1' });
  });
});

describe('HTML', () => {
  const html = writeHtmlReport(everything);
  const folder = mkdtempSync(join(tmpdir(), 'weibian-report-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: await sparticuz.executablePath(),
      args: ['--no-sandbox', '--disable-gpu', '--no-zygote'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(report: string, width = 1000) {
    const path = join(folder, 'report.html');
    writeFileSync(path, report);
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('dialog', (dialog) => said.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => said.push(...(request.url().startsWith('file:') ? [] : [request.url()])));
    await page.goto(pathToFileURL(path).href);
    return { page, said };
  }

  it('runs nothing, asks for nothing, and its style is let through by its own policy', async () => {
    const { page, said } = await open(html);
    expect(await page.locator('script').count()).toBe(0);
    expect(await page.evaluate(`getComputedStyle(document.querySelector('mark')).borderRadius`)).toBe('2px');
    expect(said).toEqual([]);
    await page.close();
  });

  it('shows hostile text as text, and names the characters that turn the direction', async () => {
    const { page } = await open(html);
    const message = page.locator('#finding-5 .message');
    expect(await message.textContent()).toContain('<script>alert(1)</script>]]>&"\u{FFFD}U+202E倒');
    expect(html).not.toMatch(/\p{Bidi_Control}/u);
    await page.close();
  });

  it('has one h1, headings without a gap, rows and columns with headers, and links that lead somewhere', async () => {
    const { page } = await open(html);
    const levels = await page.evaluate<number[]>(
      `[...document.querySelectorAll('h1,h2,h3,h4')].map((one) => Number(one.tagName[1]))`,
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(await page.evaluate(`document.querySelectorAll('th:not([scope])').length`)).toBe(0);
    const dead = `[...document.querySelectorAll('a[href^="#"]')].filter((a) => !document.getElementById(a.getAttribute('href').slice(1))).length`;
    expect(await page.evaluate(dead)).toBe(0);
    expect(await page.locator('#finding-5 .related a').getAttribute('href')).toBe('#finding-4');
    expect(await page.locator('#finding-4 mark').textContent()).toBe('<perName');
    await page.close();
  });

  it('fits a telephone, and has contrast enough in both lights', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(html, 390);
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
        0,
      );
      expect(await page.evaluate<number>(leastContrast), colorScheme).toBeGreaterThanOrEqual(4.5);
      await page.close();
    }
  });

  it('lists the places of many findings of one code, the first with their lines', async () => {
    const { page } = await open(writeHtmlReport(checked(Array.from({ length: 300 }, () => error))));
    expect(await page.locator('.findings > li').count()).toBe(20);
    expect(await page.locator('summary', { hasText: 'and 280 more' }).count()).toBe(1);
    await page.close();
  });
});

/** The least contrast of a text of the page to what is behind it, as WCAG counts; runs in the browser. */
const leastContrast = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => { for (let at = node; at; at = at.parentElement) {
    const color = parse(getComputedStyle(at).backgroundColor); if (color.length < 4 || color[3] === 1) return color; } return [255, 255, 255]; };
  const texts = [...document.querySelectorAll('body *')].filter((one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  return Math.min(...texts.map((one) => {
    const [a, b] = [light(parse(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }));
})()`;

it('writes the same bytes for the same findings', () => {
  for (const write of [writeSarif, writeJunit, writeHtmlReport]) expect(write(everything)).toBe(write(everything));
});

it('knows the format by the name of the file', () => {
  expect(['a.sarif', 'a.sarif.json', 'a.xml', 'a.html', 'a.txt'].map(formatOfFile)).toEqual([
    ...['sarif', 'sarif', 'junit', 'html', undefined],
  ]);
});
