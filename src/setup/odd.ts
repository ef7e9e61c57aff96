import { elementsNamed, parseXml, type XmlElement } from '../core/xml.ts';
import { type AttributeModel, elementChildren } from './grammar.ts';

/** A value of a list, with its description. */
export interface Value {
  readonly name: string;
  readonly desc: XmlElement;
}

/** A list of values: `closed` allows no others, `semi` allows them, `open` only suggests. */
export interface ValueList {
  readonly type: 'closed' | 'semi' | 'open';
  readonly values: readonly Value[];
}

/** An attribute of an element or of a class; `desc` is missing where the class has already said it. */
export interface AttributeSpec {
  readonly name: string;
  readonly required: boolean;
  readonly desc?: XmlElement;
  /** Its list of values, or the datatype that names it. */
  readonly list?: ValueList;
  readonly datatype?: string;
}

/** A class of attributes: its own, without those of the classes it belongs to. */
export interface ClassSpec {
  readonly name: string;
  /** Its xml:id: where links lead to. */
  readonly anchor: string;
  readonly gloss: string;
  readonly desc: XmlElement;
  readonly memberOf: readonly string[];
  /** Classes that it belongs to in TEI, and not here. */
  readonly leaves: readonly string[];
  readonly attributes: readonly AttributeSpec[];
  /** Attributes that it has in TEI, and not here. */
  readonly deleted: readonly string[];
}

/** An element: what it adds to, changes in and leaves out of the attributes of its classes. */
export interface ElementSpec extends ClassSpec {
  readonly module: string;
  readonly remarks: readonly XmlElement[];
  /** The egXML of its examples. */
  readonly examples: readonly XmlElement[];
}

/** A datatype of the customization. */
export interface DataSpec {
  readonly name: string;
  readonly anchor: string;
  readonly gloss: string;
  readonly desc: XmlElement;
  readonly list?: ValueList;
  /** Datatypes of the customization that it allows. */
  readonly either: readonly string[];
  /** Datatypes of XML Schema that it allows, each with the regular expression that narrows it. */
  readonly forms: readonly { readonly type: string; readonly pattern: string }[];
}

/** A customization of TEI. */
export interface Odd {
  /** The file as it was read: examples and rules are cut from it. */
  readonly source: string;
  readonly body: XmlElement;
  readonly elements: ReadonlyMap<string, ElementSpec>;
  readonly classes: ReadonlyMap<string, ClassSpec>;
  readonly deletedClasses: ReadonlySet<string>;
  readonly datatypes: ReadonlyMap<string, DataSpec>;
  /** Modules with the elements that are included from each. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

/** Reads an ODD (TEI with elementSpec, classSpec, dataSpec and moduleRef). */
export function readOdd(source: string): Odd {
  const root = parseXml(source);
  const all = (name: string): XmlElement[] => [...elementsNamed(root, name)];
  const byName = <T extends { name: string }>(specs: readonly T[]): Map<string, T> =>
    new Map(specs.map((spec) => [spec.name, spec]));
  const classes = all('classSpec');
  return {
    source,
    body: all('body')[0]!,
    elements: byName(all('elementSpec').map(readElementSpec)),
    classes: byName(classes.filter(({ attributes }) => attributes.mode !== 'delete').map(readClassSpec)),
    deletedClasses: new Set(classes.filter(isDeleted).map(({ attributes }) => attributes.ident!)),
    datatypes: byName(all('dataSpec').map(readDataSpec)),
    modules: new Map(
      all('moduleRef').map(({ attributes }) => [attributes.key!, attributes.include?.split(/\s+/) ?? []]),
    ),
  };
}

function readClassSpec(spec: XmlElement): ClassSpec {
  const classes = [...elementsNamed(spec, 'memberOf')];
  const definitions = [...elementsNamed(spec, 'attDef')];
  const keys = (some: readonly XmlElement[]): string[] => some.map(({ attributes }) => attributes.key!);
  return {
    name: spec.attributes.ident!,
    anchor: spec.attributes['xml:id']!,
    gloss: childText(spec, 'gloss'),
    desc: child(spec, 'desc')!,
    memberOf: keys(classes.filter((one) => !isDeleted(one))),
    leaves: keys(classes.filter(isDeleted)),
    attributes: definitions.filter((one) => !isDeleted(one)).map(readAttribute),
    deleted: definitions.filter(isDeleted).map(({ attributes }) => attributes.ident!),
  };
}

function readElementSpec(spec: XmlElement): ElementSpec {
  return {
    ...readClassSpec(spec),
    module: spec.attributes.module!,
    remarks: elementChildren(spec)
      .filter(({ name }) => name === 'remarks')
      .flatMap(elementChildren),
    examples: elementChildren(spec)
      .filter(({ name }) => name === 'exemplum')
      .flatMap((one) => [...elementsNamed(one, 'egXML')]),
  };
}

function readAttribute(definition: XmlElement): AttributeSpec {
  const { ident, usage } = definition.attributes;
  const desc = child(definition, 'desc');
  const list = child(definition, 'valList');
  const datatype = elementsNamed(definition, 'dataRef').next().value?.attributes.key;
  return {
    name: ident!,
    required: usage === 'req',
    ...(desc ? { desc } : {}),
    ...(list ? { list: readValueList(list) } : {}),
    ...(datatype ? { datatype } : {}),
  };
}

function readDataSpec(spec: XmlElement): DataSpec {
  const list = elementsNamed(spec, 'valList').next().value;
  const references = [...elementsNamed(spec, 'dataRef')].map(({ attributes }) => attributes);
  return {
    name: spec.attributes.ident!,
    anchor: spec.attributes['xml:id']!,
    gloss: childText(spec, 'gloss'),
    desc: child(spec, 'desc')!,
    ...(list ? { list: readValueList(list) } : {}),
    either: references.flatMap(({ key }) => key ?? []),
    forms: references.flatMap(({ name, restriction }) => (name ? [{ type: name, pattern: restriction ?? '' }] : [])),
  };
}

function readValueList(list: XmlElement): ValueList {
  const items = elementChildren(list).filter(({ name }) => name === 'valItem');
  return {
    type: list.attributes.type as ValueList['type'],
    values: items.map((item) => ({ name: item.attributes.ident!, desc: child(item, 'desc')! })),
  };
}

/** Attributes of a class with those of the classes it belongs to. */
export function classAttributes(odd: Odd, name: string): AttributeSpec[] {
  const spec = odd.classes.get(name);
  if (!spec) throw new Error(`no classSpec \`${name}\``);
  return [...spec.memberOf.flatMap((above) => classAttributes(odd, above)), ...spec.attributes];
}

/** The class whose attributes every element has, but for those it deletes. */
export const globalClass = 'att.global';

/** All attributes of an element, those of its classes with what the element itself says of them. */
export function elementAttributes(odd: Odd, spec: ElementSpec): Map<string, AttributeSpec> {
  const classes = [globalClass, ...spec.memberOf].filter((name) => !spec.leaves.includes(name));
  const inherited = classes.flatMap((name) => classAttributes(odd, name));
  const found = new Map(inherited.map((one) => [one.name, one]));
  for (const own of spec.attributes) found.set(own.name, { ...found.get(own.name), ...own });
  for (const name of spec.deleted) found.delete(name);
  return found;
}

/** What an attribute allows, as a grammar says it. */
export function attributeModel(odd: Odd, { required, list, datatype }: AttributeSpec): AttributeModel {
  return { required, ...(list ? listModel(list) : datatypeModel(odd, datatype)) };
}

type Values = Pick<AttributeModel, 'values' | 'open'>;

function listModel({ type, values }: ValueList): Values {
  if (type === 'open') return { values: new Set(), open: true };
  return { values: new Set(values.map(({ name }) => name)), open: type === 'semi' };
}

function datatypeModel(odd: Odd, name: string | undefined): Values {
  const spec = name ? odd.datatypes.get(name) : undefined;
  if (spec?.list) return listModel(spec.list);
  const parts = (spec?.either ?? []).map((one) => datatypeModel(odd, one));
  const open = parts.length === 0 || parts.some((one) => one.open);
  return { values: new Set(parts.flatMap(({ values }) => [...values])), open };
}

const isDeleted = ({ attributes }: XmlElement): boolean => attributes.mode === 'delete';

/** The first child element of a name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return elementChildren(element).find((one) => one.name === name);
}

function childText(element: XmlElement, name: string): string {
  return (child(element, name)?.children ?? []).join('').trim();
}
