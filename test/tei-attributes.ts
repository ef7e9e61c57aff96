import { elementsNamed, parseXml, type XmlElement } from '../src/core/xml.ts';
import { elementChildren } from '../src/setup/grammar.ts';

/** Attributes of a class or element, and the classes it takes more from. */
export interface TeiMember {
  readonly attributes: readonly string[];
  readonly memberOf: readonly string[];
}

/** Where the attributes of TEI come from. */
export interface TeiAttributes {
  readonly classes: ReadonlyMap<string, TeiMember>;
  readonly elements: ReadonlyMap<string, TeiMember>;
}

/** Reads the classes of attributes, and who belongs to them, from a schema that was made from the ODD of TEI. */
export function readTeiAttributes(rng: string): TeiAttributes {
  const defined = [...elementsNamed(parseXml(rng), 'define')].map((one) => [one.attributes.name!, one] as const);
  const classes = defined.flatMap(([name, define]) => {
    const [, ident] = /^(att\..*)\.attributes$/.exec(name) ?? [];
    return ident ? [[ident, readMember(define, ident)] as const] : [];
  });
  const elements = defined.flatMap(([name, define]) =>
    elementChildren(define).flatMap((one) => (one.name === 'element' ? [[name, readMember(one, name)] as const] : [])),
  );
  const above = new Map(classes);
  const outermost = ([name, { attributes, memberOf }]: readonly [string, TeiMember]): [string, TeiMember] => {
    const inner = new Set(memberOf.flatMap((one) => classesAbove(above, one)));
    return [name, { attributes, memberOf: memberOf.filter((one) => !inner.has(one)) }];
  };
  return { classes: above, elements: new Map(elements.map(outermost)) };
}

function classesAbove(classes: ReadonlyMap<string, TeiMember>, name: string): string[] {
  return classes.get(name)!.memberOf.flatMap((one) => [one, ...classesAbove(classes, one)]);
}

function readMember(pattern: XmlElement, ident: string): TeiMember {
  const references = [...elementsNamed(pattern, 'ref')].map(({ attributes }) => attributes.name!);
  const whole = references.flatMap((name) => /^(att\..*)\.attributes$/.exec(name)?.[1] ?? []);
  // The schema names attributes of a class one by one where it defines them, and where an element changes one of them.
  const single = references.flatMap((name) => {
    const [, from, attribute] = /^(att\..*)\.attribute\.(.*)$/.exec(name) ?? [];
    return from ? [{ from, attribute: attribute!.replace(/^xml/, 'xml:') }] : [];
  });
  const defined = single.flatMap(({ from, attribute }) => (from === ident ? attribute : []));
  return {
    attributes: [...ownAttributes(pattern), ...defined],
    memberOf: [...new Set([...whole, ...single.map(({ from }) => from)])].filter((one) => one !== ident),
  };
}

function ownAttributes(pattern: XmlElement): string[] {
  return elementChildren(pattern).flatMap((one) => {
    if (one.name === 'attribute') return [one.attributes.name!];
    return one.name === 'element' ? [] : ownAttributes(one);
  });
}
