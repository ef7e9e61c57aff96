import { spawnSync } from 'node:child_process';
import fs, { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { readBytes, readQuietly } from '../src/core/files.ts';
import { mostOfACode } from '../src/validate/limit-findings.ts';
import { validateTei } from '../src/validate/validate.ts';

const small = readFileSync(new URL('fixtures/validate/valid/small.xml', import.meta.url), 'utf8');
/** The small document with something else in the place of three characters of its text. */
const holding = (piece: string): string => small.replace('秋七月', () => piece);

async function validate(input: string | Uint8Array, files?: (path: string) => undefined): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  await validateTei(input, 'book/input.xml', { ...(files && { files }) }, (one) => found.push(one));
  return found;
}

const codes = (found: readonly Diagnostic[]): string[] => found.map(({ code }) => code);

describe('nothing outside the text is read', () => {
  const laughs = `<!ENTITY l0 "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')}`;
  const doctypes = {
    'a system identifier': '<!DOCTYPE TEI SYSTEM "file:///etc/passwd">',
    'a public identifier': '<!DOCTYPE TEI PUBLIC "-//TEI//DTD TEI P5//EN" "http://127.0.0.1:9/tei.dtd">',
    'an external entity': '<!DOCTYPE TEI [<!ENTITY x SYSTEM "/etc/passwd">]>',
    'a parameter entity': '<!DOCTYPE TEI [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd">%x;]>',
    'a billion laughs': `<!DOCTYPE TEI [${laughs}]>`,
    'a document type without an end': `<!DOCTYPE TEI [${'<!ENTITY x "y">'.repeat(100_000)}`,
  };
  const links =
    '<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/x.xsl"?><?xml-stylesheet href="/etc/passwd"?>' +
    '<?oxygen RNGSchema="http://127.0.0.1:9/x.rng"?>';
  const read: string[] = [];
  const connected: unknown[] = [];

  beforeAll(() => validate(small));
  afterEach(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });

  /** Keeps what is opened, and who is spoken to, from here to the end of a test. */
  function watch(): void {
    read.length = 0;
    connected.length = 0;
    for (const name of ['readFileSync', 'openSync', 'readFile', 'open', 'createReadStream'] as const) {
      const original = fs[name] as (...args: unknown[]) => unknown;
      vi.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
        read.push(String(args[0]));
        return original(...args);
      }) as never);
    }
    syncBuiltinESMExports();
    vi.spyOn(net.Socket.prototype, 'connect').mockImplementation((...args: unknown[]) => {
      connected.push(args);
      throw new Error('no network');
    });
    vi.spyOn(globalThis, 'fetch').mockImplementation((...args: unknown[]) => {
      connected.push(args);
      throw new Error('no network');
    });
  }

  it('watching sees a file that is opened', () => {
    watch();
    expect(readBytes(new URL(import.meta.url).pathname).length).toBeGreaterThan(0);
    expect(read.some((path) => path.endsWith('safety.test.ts'))).toBe(true);
  });

  it.each(Object.entries(doctypes))('for %s', async (_, doctype) => {
    watch();
    const asked: string[] = [];
    const text = holding('&x;').replace('<TEI ', () => `${doctype}\n<TEI `);
    const files = (path: string): undefined => void asked.push(path);
    expect(codes(await validate(text, files))).toEqual(['validate/doctype']);
    expect(codes(await validate(`\uFEFF${text}`, files))).toEqual(['validate/doctype']);
    const wide = Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le');
    expect(codes(await validate(wide, files))).toEqual(['validate/not-utf-8']);
    expect(codes(await validate(Buffer.from(wide).swap16(), files))).toEqual(['validate/not-utf-8']);
    expect([asked, read, connected]).toEqual([[], [], []]);
  });

  it('for stylesheets and schemas of other programs', async () => {
    watch();
    const asked: string[] = [];
    const text = small.replace('<TEI ', () => `${links}\n<TEI `);
    expect(codes(await validate(text, (path): undefined => void asked.push(path)))).toEqual([]);
    expect([asked, connected, read.filter((path) => !path.includes('dist'))]).toEqual([[], [], []]);
  });
});

describe('what is no regular file is not read', () => {
  it('a folder, a device, a pipe', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weibian-'));
    const pipe = join(folder, 'pipe');
    const paths = [folder, '/dev/zero', ...(spawnSync('mkfifo', [pipe]).status === 0 ? [pipe] : [])];
    for (const path of paths) {
      expect(() => readBytes(path), path).toThrow(/Cannot read/);
      expect(readQuietly(path), path).toBeUndefined();
    }
    rmSync(folder, { recursive: true });
  });
});

describe('hostile files end soon', () => {
  const million = 1_000_000;
  const many = (count: number, piece: (number: number) => string): string =>
    Array.from({ length: count }, (_, n) => piece(n)).join('');
  const hostile: Readonly<Record<string, readonly [() => string, string[]]>> = {
    'a value of 10 MB': [
      () => holding(`<persName ref="${'x'.repeat(10 * million)}">遷</persName>`),
      ['validate/too-large'],
    ],
    'a million attributes': [
      () => holding(`<hi ${many(million, (n) => ` a${n}="1"`)}>遷</hi>`),
      ['validate/too-large'],
    ],
    'a million namespaces': [
      () => holding(`<hi ${many(million, (n) => ` xmlns:a${n}="u"`)}/>`),
      ['validate/too-large'],
    ],
    'a name of 10 MB': [() => holding(`<${'a'.repeat(10 * million)}/>`), ['validate/too-large']],
    'a million open tags': [() => holding('<q>'.repeat(million)), ['validate/too-deep']],
    'a million closing tags': [() => holding('</q>'.repeat(million)), ['validate/not-well-formed']],
    'a million mismatched tags': [() => holding('<q></p>'.repeat(million)), ['validate/not-well-formed']],
    'a million open comments': [() => holding('<!--'.repeat(million)), ['validate/not-well-formed']],
    'a million open instructions': [() => holding('<?a '.repeat(million)), ['validate/not-well-formed']],
    'a million open sections': [() => holding('<![CDATA['.repeat(million)), ['validate/not-well-formed']],
    'a million open quotes': [() => holding('<a b="'.repeat(million)), ['validate/not-well-formed']],
    'a million tags without an end': [() => holding('<a '.repeat(million)), ['validate/not-well-formed']],
    'a million ampersands': [() => holding('&'.repeat(million)), ['validate/not-well-formed']],
    'a million references': [() => holding('&#x79CB;'.repeat(million)), ['validate/text-lost']],
    'a million line ends of the Mac': [() => holding(`秋七月${'\r'.repeat(million)}`), []],
    'a million comments': [() => holding(`秋七月${'<!---->'.repeat(million)}`), []],
    'a million comments before the root': [
      () => `${'<!---->'.repeat(million)}${small.replace(/^<\?xml.*\?>/, '')}`,
      [],
    ],
    'one line of 10 MB': [() => holding(`秋七月${'　'.repeat(10 * million)}`), []],
    'only spaces': [() => ' '.repeat(10 * million), ['validate/not-well-formed']],
    'a file of 300 MB': [() => 'x'.repeat(300 * million), ['validate/too-large']],
  };

  it.each(Object.entries(hostile))('%s', async (_, [make, expected]) => {
    const bytes = Buffer.from(make());
    const before = process.cpuUsage();
    expect(codes(await validate(bytes))).toEqual(expected);
    const { user, system } = process.cpuUsage(before);
    // Minutes, were the time not to grow as the length; time of the processor, for other work may go on.
    expect((user + system) / 1e6).toBeLessThan(20);
  });
});

describe('many findings', () => {
  it('are counted when nobody would read them', async () => {
    const found = await validate(holding('<lb/>'.repeat(15_000)));
    const last = found.at(-1)!;
    expect(found).toHaveLength(mostOfACode + 1);
    expect([last.code, last.count]).toEqual(['validate/too-many', 5000]);
  });

  it('are counted by code', async () => {
    const found = await validate(holding('<persName ref="#nobody" resp="#rule">遷</persName>'.repeat(12_000)));
    const counts = new Map<string, number>();
    for (const { code, count = 1 } of found) counts.set(code, (counts.get(code) ?? 0) + count);
    expect(counts.get('validate/pointer-unresolved')).toBe(mostOfACode);
    expect(counts.get('validate/too-many')).toBe(2000);
  });

  it('in deep or wide documents have paths in time', async () => {
    const text = holding(`${'<q>'.repeat(400)}${'<bad/>'.repeat(5000)}${'</q>'.repeat(400)}`);
    const before = process.cpuUsage();
    const found = await validate(text);
    expect(found).toHaveLength(5000);
    expect(found.at(-1)!.path).toMatch(/\/q\/bad\[5000\]$/);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(20);
  });
});
