import type { Range, Severity } from '../core/diagnostic.ts';
import { attribute, escapeXml, type PlacedElement, type PlacedNode } from '../core/xml-tree.ts';
import type { Pattern, Rule, Schematron } from './read-schematron.ts';

/** A Schematron schema as an XSLT 3.0 stylesheet; findings name assertions and rules by their numbers here. */
export interface SchematronStylesheet {
  /** Gives a JSON array of {@link Finding}. */
  readonly xslt: string;
  /** Assertions, reports and rules by number. */
  readonly sources: readonly Source[];
  /** The element of the schema that a line of the stylesheet (1-based) comes from. */
  placeOf(line: number): PlacedElement;
}

/** An assertion, a report or a rule of a schema. */
export interface Source {
  /** Its id, else that of its rule or pattern, else its test. */
  readonly name: string;
  readonly severity: Severity;
  readonly file: string;
  readonly range: Range;
}

/** What the stylesheet says of a node. */
export interface Finding {
  /** Number of the source. */
  readonly source: number;
  /** Ordinal of the element in document order, 1 for the root. */
  readonly element: number;
  /** Name of the attribute that is meant, or empty. */
  readonly attribute: string;
  readonly text: string;
  readonly help: string;
  /** Why the source could not be evaluated; its text is then empty. */
  readonly failure: string;
}

const own = 'urn:weibian:findings';
const xsl = 'http://www.w3.org/1999/XSL/Transform';
const description = 'Q{http://www.w3.org/2005/xqt-errors}description';

/**
 * Writes a schema as XSLT: one mode per pattern; in a pattern the first rule that matches a node is the only one
 * (ISO/IEC 19757-3, 6.5). Every start tag ends on a line of its own, so that lines lead back to the schema.
 */
export function writeSchematron(schema: Schematron): SchematronStylesheet {
  return new Writer(schema).stylesheet();
}

class Writer {
  readonly #schema: Schematron;
  readonly #parts: string[] = [];
  readonly #lines: PlacedElement[] = [];
  readonly #sources: Source[] = [];
  /** Where the lines being written come from. */
  #place: PlacedElement;

  constructor(schema: Schematron) {
    this.#schema = schema;
    this.#place = schema.root;
  }

  stylesheet(): SchematronStylesheet {
    const { root, namespaces, xslt, lets, patterns } = this.#schema;
    const declared = new Map([...Object.entries(root.namespaces).filter(([prefix]) => prefix !== ''), ...namespaces]);
    declared.set('xsl', xsl).set('weibian-findings', own).delete('xml');
    if (!declared.has('xs')) declared.set('xs', 'http://www.w3.org/2001/XMLSchema');
    const head = [...declared].map(([prefix, uri]) => [`xmlns:${prefix}`, uri] as const);
    const path = root.attributes.find(({ local }) => local === 'xpath-default-namespace')?.value;
    const attributes = {
      version: '3.0',
      'exclude-result-prefixes': '#all',
      ...(path && { 'xpath-default-namespace': path }),
    };
    this.#element('xsl:stylesheet', { ...Object.fromEntries(head), ...attributes }, () => {
      this.#element('xsl:output', { method: 'text' });
      for (const one of xslt) this.#copy(one, {});
      for (const one of lets) this.#variable(one, 'xsl:variable');
      this.#driver();
      this.#findingFunction();
      for (const [number, pattern] of patterns.entries()) this.#pattern(pattern, number);
    });
    const lines = this.#lines;
    return {
      xslt: this.#parts.join(''),
      sources: this.#sources,
      // The compiler counts the line on which a start tag ends.
      placeOf: (line) => lines[Math.min(Math.max(line - 1, 1), lines.length) - 1]!,
    };
  }

  /** Each pattern goes through the nodes that its rules can match. */
  #driver(): void {
    // One pass over the document finds the elements of every name; paths would pass once for each pattern.
    this.#element('xsl:key', { name: 'weibian-findings:name', match: '*', use: 'local-name()' });
    this.#element(
      'xsl:variable',
      { name: 'weibian-findings:ordinals' },
      () => {
        this.#element('xsl:map', {}, () => {
          this.#element('xsl:for-each', { select: '//*' }, () =>
            this.#element('xsl:map-entry', { key: 'generate-id()', select: 'position()' }),
          );
        });
      },
      'map(*)',
    );
    this.#element('xsl:template', { match: '/' }, () => {
      this.#element(
        'xsl:variable',
        { name: 'weibian-findings:all' },
        () => {
          this.#sequence('()');
          this.#schema.patterns.forEach((pattern, number) => {
            if (pattern.rules.length === 0) return;
            this.#element('xsl:apply-templates', { select: nodesOf(pattern), mode: modeOf(number) }, () => {
              for (const one of pattern.lets) this.#variable(one, 'xsl:with-param');
            });
          });
        },
        'map(*)*',
      );
      const json = `serialize(array { $weibian-findings:all }, map { 'method': 'json' })`;
      this.#element('xsl:value-of', { select: json });
    });
  }

  #pattern(pattern: Pattern, number: number): void {
    const mode = modeOf(number);
    this.#element('xsl:mode', { name: mode, 'on-no-match': 'deep-skip' });
    // Without it the engine goes on from the document into its elements.
    this.#element('xsl:template', { match: '/', mode, priority: '-1' }, () => this.#sequence('()'));
    pattern.rules.forEach((rule, at) => {
      this.#place = rule.element;
      const attributes = { match: rule.context, mode, priority: String(pattern.rules.length - at) };
      this.#element('xsl:template', attributes, () => {
        for (const one of pattern.lets) this.#element('xsl:param', { name: attribute(one, 'name') ?? '' });
        // The engine fails on a template without any instruction.
        this.#sequence('()');
        this.#rule(rule, pattern);
      });
      this.#place = this.#schema.root;
    });
  }

  #rule(rule: Rule, pattern: Pattern): void {
    const number = this.#sources.push(sourceOf(rule.element, rule.element, pattern)) - 1;
    const body = (): void => {
      for (const one of rule.content) {
        if (one.local === 'assert' || one.local === 'report') this.#assertion(one, rule.element, pattern);
        else if (one.uri === xsl) this.#copy(one, {});
        else this.#variable(one, 'xsl:variable');
      }
    };
    const hasVariables = rule.content.some(({ local }) => local !== 'assert' && local !== 'report');
    if (hasVariables) this.#guarded(number, body);
    else body();
  }

  #assertion(element: PlacedElement, rule: PlacedElement, pattern: Pattern): void {
    this.#place = element;
    const number = this.#sources.push(sourceOf(element, rule, pattern)) - 1;
    const test = attribute(element, 'test') ?? '';
    this.#guarded(number, () => {
      const condition = element.local === 'assert' ? `not(${test})` : test;
      this.#element('xsl:if', { test: condition, ...this.#semantics() }, () => {
        this.#element('xsl:variable', { name: 'weibian-findings:text' }, () => this.#message(element.children));
        const help = (attribute(element, 'diagnostics') ?? '').split(/\s+/).flatMap((id) => {
          const found = this.#schema.diagnostics.get(id);
          return found ? [found] : [];
        });
        if (help.length > 0) {
          this.#element('xsl:variable', { name: 'weibian-findings:help' }, () => {
            for (const one of help) this.#message([...one.children, ' ']);
          });
        }
        const subject = attribute(element, 'subject') ?? attribute(rule, 'subject');
        const node = subject === undefined ? '.' : `((${subject}), .)[1]`;
        this.#finding(number, node, '$weibian-findings:text', help.length > 0 ? '$weibian-findings:help' : `''`, `''`);
      });
    });
    this.#place = rule;
  }

  /** What fails when it is evaluated becomes a finding; the others go on. */
  #guarded(source: number, body: () => void): void {
    this.#element('xsl:try', {}, () => {
      body();
      this.#element('xsl:catch', { errors: '*' }, () => this.#finding(source, '.', `''`, `''`, `$${description}`));
    });
  }

  #finding(source: number, node: string, text: string, help: string, failure: string): void {
    this.#sequence(`weibian-findings:finding(${source}, ${node}, ${text}, ${help}, ${failure})`);
  }

  /** The function that makes a finding: the schema calls it from everywhere, so the stylesheet stays small. */
  #findingFunction(): void {
    const element = '($node/ancestor-or-self::*[1], root($node)/*)[1]';
    const entries = [
      `'source': $source`,
      `'element': $weibian-findings:ordinals(generate-id(${element}))`,
      `'attribute': if ($node instance of attribute()) then name($node) else ''`,
      `'text': normalize-space(string($text))`,
      `'help': normalize-space(string($help))`,
      `'failure': string($failure)`,
    ];
    this.#element('xsl:function', { name: 'weibian-findings:finding' }, () => {
      for (const name of ['source', 'node', 'text', 'help', 'failure']) this.#element('xsl:param', { name });
      this.#sequence(`map { ${entries.join(', ')} }`);
    });
  }

  #message(children: readonly PlacedNode[]): void {
    for (const child of children) {
      if (typeof child === 'string') this.#element('xsl:text', {}, () => this.#text(child.replace(/\s+/g, ' ')));
      else if (child.local === 'value-of') {
        const separator = this.#schema.binding === 'xslt1' ? {} : { separator: attribute(child, 'separator') ?? ' ' };
        this.#element('xsl:value-of', {
          select: attribute(child, 'select') ?? '.',
          ...separator,
          ...this.#semantics(),
        });
      } else if (child.local === 'name') {
        this.#element('xsl:value-of', { select: `name(${attribute(child, 'path') ?? '.'})` });
      } else if (child.uri === xsl) this.#copy(child, {});
      else this.#message(child.children);
    }
  }

  #variable(element: PlacedElement, kind: 'xsl:variable' | 'xsl:with-param'): void {
    const outer = this.#place;
    this.#place = element;
    const value = attribute(element, 'value');
    const type = attribute(element, 'as');
    const attributes = { name: attribute(element, 'name') ?? '', ...(type && { as: type }), ...this.#semantics() };
    if (value !== undefined) this.#element(kind, { ...attributes, select: value });
    else
      this.#element(kind, attributes, () => {
        for (const child of element.children) this.#node(child, element.namespaces);
      });
    this.#place = outer;
  }

  /** XPath 1.0 semantics where the schema is written for them. */
  #semantics(): { version?: string } {
    return this.#schema.binding === 'xslt1' ? { version: '1.0' } : {};
  }

  #sequence(select: string): void {
    this.#element('xsl:sequence', { select });
  }

  #node(node: PlacedNode, outer: PlacedElement['namespaces']): void {
    if (typeof node === 'string') this.#text(node);
    else this.#copy(node, outer);
  }

  /** An element of the schema as it is, with the namespaces that it uses. */
  #copy(element: PlacedElement, outer: PlacedElement['namespaces']): void {
    const before = this.#place;
    this.#place = element;
    const prefixes = Object.entries(element.namespaces)
      .filter(([prefix, uri]) => prefix !== 'xml' && outer[prefix] !== uri)
      .map(([prefix, uri]) => [prefix ? `xmlns:${prefix}` : 'xmlns', uri] as const);
    const attributes = element.attributes.map(({ name, value }) => [name, value] as const);
    this.#element(element.name, Object.fromEntries([...prefixes, ...attributes]), () => {
      for (const child of element.children) this.#node(child, element.namespaces);
    });
    this.#place = before;
  }

  #element(name: string, attributes: Readonly<Record<string, string>>, body?: () => void, type?: string): void {
    const given = type === undefined ? attributes : { ...attributes, as: type };
    const written = Object.entries(given).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
    this.#parts.push(`<${name}${written.join('')}\n${body ? '>' : '/>'}`);
    this.#lines.push(this.#place);
    body?.();
    if (body) this.#parts.push(`</${name}>`);
  }

  #text(text: string): void {
    this.#parts.push(escapeXml(text));
  }
}

function sourceOf(element: PlacedElement, rule: PlacedElement, pattern: Pattern): Source {
  const id = attribute(element, 'id') ?? attribute(rule, 'id') ?? pattern.id;
  const test = (attribute(element, 'test') ?? attribute(element, 'context') ?? '').replace(/\s+/g, ' ').trim();
  const points = [...test];
  return {
    name: id ?? (points.length > 40 ? `${points.slice(0, 40).join('')}…` : test),
    severity: severityOf(attribute(element, 'role') ?? attribute(rule, 'role')),
    file: element.file,
    range: element.range,
  };
}

function severityOf(role: string | undefined): Severity {
  if (/^(?:warn|warning|nonfatal)$/i.test(role ?? '')) return 'warning';
  return /^(?:info|information|hint)$/i.test(role ?? '') ? 'info' : 'error';
}

function modeOf(number: number): string {
  return `weibian-findings:pattern-${number}`;
}

/** The nodes of a document that the rules of a pattern can match: all of them only when the contexts do not say. */
function nodesOf(pattern: Pattern): string {
  const contexts = pattern.rules.map(({ context }) => withoutPredicates(context));
  const parts = new Set<string>();
  const names = new Set<string>();
  for (const last of contexts.flatMap((context) => context.split('|').map((one) => one.split('/').at(-1)!.trim()))) {
    const local = /^(?:[\p{L}_][\p{L}\p{N}_.-]*:)?([\p{L}_][\p{L}\p{N}_.-]*)$/u.exec(last)?.[1];
    const step = last.replace(/^(?:child|self|descendant|descendant-or-self)::/, '');
    if (local) names.add(local);
    else if (last === '') parts.add('.');
    else if (/^(?:[\p{L}_*][\p{L}\p{N}_.-]*:)?\*$|^\*:/u.test(last)) parts.add('//*');
    else if (/^(?:@|attribute)/.test(last)) parts.add('//@*');
    else if (/^(?:text|comment|processing-instruction)\s*\(/.test(step)) parts.add(`//${step}`);
    else for (const all of ['.', '//node()', '//@*']) parts.add(all);
  }
  if (names.size > 0) parts.add(`key('weibian-findings:name', (${[...names].map((name) => `'${name}'`).join(', ')}))`);
  return [...parts].join(' | ');
}

/** A match pattern without what stands in brackets and string literals. */
function withoutPredicates(context: string): string {
  let depth = 0;
  let quote = '';
  let kept = '';
  for (const character of context) {
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (depth === 0) kept += character;
  }
  return kept;
}
