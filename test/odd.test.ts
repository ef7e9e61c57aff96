import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { scanXml, type XmlElement } from '../src/core/xml.ts';
import { encodingPage } from '../src/setup/encoding-page.ts';
import { type AttributeModel, elementChildren, readGrammar } from '../src/setup/grammar.ts';
import {
  attributeModel,
  classAttributes,
  elementAttributes,
  globalClass,
  type Odd,
  readOdd,
} from '../src/setup/odd.ts';
import { OddMarkdown } from '../src/setup/odd-markdown.ts';
import { extractSchematron } from '../src/setup/odd-schematron.ts';
import { validateTei } from '../src/validate/validate.ts';
import { elementsOf } from './mutate-xml.ts';
import { readTeiAttributes, type TeiAttributes } from './tei-attributes.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const read = (path: string): string => readFileSync(here(path), 'utf8');
const odd = readOdd(read('../schemas/weibian.odd'));
const grammar = readGrammar(read('../schemas/weibian.rng'));
const page = read('../docs/encoding.md');
const teiAll = here('../../shared/schemas/tei_all.rng');

describe('what is made from the ODD is as committed (npm run docs)', () => {
  it('docs/encoding.md', () => expect(page).toBe(encodingPage(odd, grammar)));
  it('schemas/weibian.sch', () => expect(read('../schemas/weibian.sch')).toBe(extractSchematron(odd)));
});

describe('the ODD and weibian.rng say the same', () => {
  it('of elements, and of the modules they come from', () => {
    expect([...odd.elements.keys()].sort()).toEqual([...grammar.keys()].sort());
    for (const [module, names] of odd.modules) {
      const specified = [...odd.elements.values()].filter((spec) => spec.module === module).map(({ name }) => name);
      expect([...names].sort(), module).toEqual(specified.sort());
    }
  });

  it.each([...grammar.keys()])('of the attributes of %s, which are required, and their closed values', (name) => {
    const attributes = elementAttributes(odd, odd.elements.get(name)!);
    const models = [...attributes].map(([attribute, spec]) => [attribute, attributeModel(odd, spec)] as const);
    expect(comparable(models)).toEqual(comparable([...grammar.get(name)!.attributes]));
  });

  it('reads a grammar as it is meant', () => {
    expect(grammar.get('event')?.attributes.get('type')).toEqual({
      required: true,
      values: new Set(['year', 'entry']),
      open: false,
    });
    expect(grammar.get('note')?.attributes.get('type')).toEqual({
      required: false,
      values: new Set(['source', 'variant', 'commentary']),
      open: true,
    });
    expect(grammar.get('persName')?.attributes.get('cert')?.required).toBe(false);
    expect([...grammar.get('choice')!.children]).toEqual(['corr', 'sic']);
    expect([...grammar.get('sic')!.parents]).toEqual(['choice']);
    expect([grammar.get('geo')?.text, grammar.get('lb')?.text]).toEqual([true, false]);
  });
});

function comparable(attributes: readonly (readonly [string, AttributeModel])[]): unknown[] {
  return attributes
    .map(([name, { required, values, open }]) => ({ name, required, values: [...values].sort(), open }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

describe('everything is described', () => {
  it.each([...odd.elements.values()])('$name', (spec) => {
    expect(spec.gloss).not.toBe('');
    expect(spec.desc.children.join('')).not.toBe('');
    for (const { name, desc, list } of elementAttributes(odd, spec).values()) {
      expect(desc, name).toBeDefined();
      for (const value of list?.values ?? []) expect(value.desc, `${name}=${value.name}`).toBeDefined();
    }
    expect(spec.examples.length).toBeGreaterThan(0);
    for (const example of spec.examples) expect(namesIn(example), 'the example shows it').toContain(spec.name);
  });
});

const markdown = new OddMarkdown(odd);
const host = read('fixtures/validate/valid/every-element.xml');

describe('examples', () => {
  const examples = [...elementsIn(odd.body)].filter(({ name }) => name === 'egXML');

  it('every-element.xml has every element', () => {
    const found = elementsOf(host).map(({ start }) => /^<(\w+)/.exec(host.slice(start))![1]!);
    expect([...new Set(found)].sort()).toEqual([...grammar.keys()].sort());
  });

  it.each(examples.map((example, at) => ({ root: elementChildren(example)[0]!.name, at })))(
    '$root ($at)',
    async ({ root, at }) => {
      const example = examples[at]!;
      const text = markdown.example(example);
      expect(scanXml(text)).toBeUndefined();
      for (const element of elementsIn(example).slice(1)) checkNames(element);
      if (example.attributes.valid === 'feasible') return;
      const places = elementsOf(host).filter(({ start }) => new RegExp(`^<${root}[\\s/>]`).test(host.slice(start)));
      const verdicts = await Promise.all(
        places.map((at) => faults(host.slice(0, at.start) + inTei(text) + host.slice(at.end))),
      );
      expect(verdicts.find((found) => found.length === 0) ?? verdicts).toEqual([]);
    },
  );

  it('the example of TEI is a whole file, which the rules find valid too', async () => {
    const [example] = odd.elements.get('TEI')!.examples;
    expect(await faults(inTei(markdown.example(example!)), { until: 'rules' })).toEqual([]);
  });
});

const inTei = (text: string): string => text.replace(/^<TEI /, '<TEI xmlns="http://www.tei-c.org/ns/1.0" ');

async function faults(
  xml: string,
  options: Parameters<typeof validateTei>[2] = { until: 'schema' },
): Promise<string[]> {
  const found: string[] = [];
  await validateTei(xml, 'example.xml', options, ({ message }) => found.push(message));
  return found;
}

/** Only elements and attributes of the grammar, with values that it allows. */
function checkNames({ name, attributes }: XmlElement): void {
  const model = grammar.get(name);
  expect(model, name).toBeDefined();
  for (const [attribute, value] of Object.entries(attributes)) {
    const known = model?.attributes.get(attribute);
    expect(known, `${name}/@${attribute}`).toBeDefined();
    if (known && !known.open) expect([...known.values], `${name}/@${attribute}`).toContain(value);
  }
}

/** An element and all inside it, in document order. */
function elementsIn(element: XmlElement): XmlElement[] {
  return [element, ...elementChildren(element).flatMap(elementsIn)];
}

const namesIn = (element: XmlElement): string[] => elementsIn(element).map(({ name }) => name);

describe('links of docs/encoding.md', () => {
  const headings = [...page.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.*)$/gm)].map(([, text]) => slug(text!));
  const anchors = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!);

  it('lead to a section', () => {
    expect(new Set(anchors).size).toBe(anchors.length);
    const targets = new Set([...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target!));
    expect([...targets].filter((target) => !headings.includes(target) && !anchors.includes(target))).toEqual([]);
    expect(targets.size).toBeGreaterThan(150);
  });

  it('lead to a diagnostic', () => {
    const codes = [...read('../docs/diagnostics.md').matchAll(/^#{3,4} (.*)$/gm)].map(([, text]) => slug(text!));
    const targets = [...page.matchAll(/\]\(diagnostics\.md#([^)]+)\)/g)].map(([, target]) => target!);
    expect(targets.filter((target) => !codes.includes(target))).toEqual([]);
    expect(targets.length).toBeGreaterThan(20);
  });

  it('can be relied on: sections of prose are named in the ODD as they are linked to', () => {
    const named = divisionsIn(odd.body).map(({ attributes }) => attributes['xml:id']!);
    expect(headings.filter((heading) => named.includes(heading))).toEqual(named);
    expect(headings).toEqual(expect.arrayContaining(linkedTo));
  });
});

/** Divisions of prose, in document order; those of examples are not among them. */
function divisionsIn(element: XmlElement): XmlElement[] {
  return elementChildren(element).flatMap((one) => (one.name === 'div' ? [one, ...divisionsIn(one)] : []));
}

/** Sections that codes of diagnostics and other pages may lead to. */
const linkedTo = [
  'the-two-laws',
  'the-file',
  'the-text',
  'juan-years-entries-div',
  'lines-and-pages-lb-pb',
  'notes-note-seg',
  'names-persname-placename-orgname-rs',
  'dates-date',
  'citations-bibl-title-biblscope',
  'characters-g-supplied-choice-gap-unclear',
  'what-an-editor-may-add',
  'the-entities-standoff',
  'the-header',
  'what-is-not-here',
];

/** The anchor that GitHub gives to a heading. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

const reference = existsSync(teiAll);

describe.skipIf(!reference)('against TEI (skipped where tei_all.rng is not at hand)', () => {
  const tei = reference ? readTeiAttributes(readFileSync(teiAll, 'utf8')) : undefined;

  it.skipIf(spawnSync('jing', ['--help']).error)('the ODD is valid TEI (skipped where jing is not at hand)', () => {
    const { stdout } = spawnSync('jing', [teiAll, here('../schemas/weibian.odd')], { encoding: 'utf8' });
    expect(stdout).not.toMatch(/error/);
  });

  it('each xml:id stands once, in examples too', () => {
    const ids = elementsIn(odd.body).flatMap(({ attributes }) => attributes['xml:id'] ?? []);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it.each([...odd.elements.keys()])('applied to TEI, the ODD leaves %s the attributes it has here', (name) => {
    const left = attributesLeft(odd, tei!, name);
    expect(new Set(left).size, `once each: ${left.join(' ')}`).toBe(left.length);
    expect(left.sort()).toEqual([...elementAttributes(odd, odd.elements.get(name)!).keys()].sort());
  });
});

/** The attributes that a processor of ODDs gives to an element: those of TEI, with the changes of the ODD carried out. */
function attributesLeft(custom: Odd, tei: TeiAttributes, name: string): string[] {
  const spec = custom.elements.get(name)!;
  const element = tei.elements.get(name)!;
  const gone = (one: string): boolean => custom.deletedClasses.has(one);
  const ofClass = (one: string): string[] => {
    const change = custom.classes.get(one);
    const { attributes, memberOf } = tei.classes.get(one)!;
    const above = [...new Set([...memberOf, ...(change?.memberOf ?? [])])].filter((up) => !gone(up));
    return [
      ...above.filter((up) => !change?.leaves.includes(up)).flatMap(ofClass),
      ...attributes.filter((attribute) => !change?.deleted.includes(attribute)),
    ];
  };
  const classes = [...new Set([...element.memberOf, ...spec.memberOf])].filter((one) => !gone(one));
  const inherited = classes.filter((one) => !spec.leaves.includes(one)).flatMap(ofClass);
  // An attribute that the element defines itself stands in place of that of a class.
  const all = [...element.attributes, ...inherited.filter((attribute) => !element.attributes.includes(attribute))];
  return all.filter((attribute) => !spec.deleted.includes(attribute));
}

it('classes of attributes are those that TEI has', () => {
  expect(classAttributes(odd, globalClass).map(({ name }) => name)).toEqual(['xml:id', 'n', 'xml:lang']);
});
