import type { Range } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { scanXml } from '../core/xml.ts';

/** An `xml-model` processing instruction of the prolog (W3C Associating Schemas with XML documents 1.0). */
export interface XmlModel {
  readonly href: string;
  readonly kind: 'relaxng' | 'schematron' | 'compact' | 'xsd' | 'dtd' | 'unknown';
  readonly phase: string | undefined;
  readonly range: Range;
}

/** The `xml-model` instructions before the root of a well-formed document that name a schema. */
export function xmlModels(text: string): XmlModel[] {
  if (!text.includes('<?xml-model')) return [];
  const models: XmlModel[] = [];
  const index = new TextIndex(text);
  const prolog = new Error('the prolog ends');
  try {
    scanXml(text, {
      start() {
        // Throwing is the only way to end a scan early.
        throw prolog;
      },
      instruction(target, body, at) {
        if (target !== 'xml-model') return;
        const given = pseudoAttributes(body);
        const href = given.get('href');
        if (href === undefined) return;
        const range = index.rangeOfUnits(at, at + '<?xml-model'.length);
        models.push({ href, kind: kindOf(href, given), phase: given.get('phase'), range });
      },
    });
  } catch (thrown) {
    if (thrown !== prolog) throw thrown;
  }
  return models;
}

function pseudoAttributes(body: string): ReadonlyMap<string, string> {
  const found = body.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...found].map(([, name, double, single]) => [name!, decode(double ?? single ?? '')]));
}

function decode(value: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return value.replace(/&(?:#(\d+)|#x([\da-f]+)|(amp|lt|gt|quot|apos));/gi, (_, decimal, hex, name) =>
    name ? characters[name]! : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}

function kindOf(href: string, given: ReadonlyMap<string, string>): XmlModel['kind'] {
  const type = given.get('type') ?? '';
  const namespace = given.get('schematypens') ?? '';
  const name = href.replace(/[?#].*$/, '');
  if (/relax-ng-compact-syntax/.test(type) || /\.rnc$/i.test(name)) return 'compact';
  if (namespace === 'http://relaxng.org/ns/structure/1.0') return 'relaxng';
  if (namespace === 'http://purl.oclc.org/dsdl/schematron') return 'schematron';
  if (namespace === 'http://www.w3.org/2001/XMLSchema' || /\.xsd$/i.test(name)) return 'xsd';
  if (/xml-dtd/.test(type) || /\.dtd$/i.test(name)) return 'dtd';
  if (/\.rng$/i.test(name)) return 'relaxng';
  return /\.sch$/i.test(name) ? 'schematron' : 'unknown';
}
