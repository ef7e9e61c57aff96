import type { Odd } from './odd.ts';

// Rules are cut from the text of the ODD, not written from its tree: comments and layout stay as they are.

const declaration = /<constraintDecl\b[^>]*>\n([\s\S]*?)\n *<\/constraintDecl>/;
const specification =
  /<constraintSpec ident="([^".]+)[^>]*>\s*(?:<desc>([\s\S]*?)<\/desc>\s*)?<constraint>\n([\s\S]*?)\n *<\/constraint>/g;

/**
 * The Schematron of an ODD as a file of its own: the declarations of constraintDecl, then the rules of every
 * constraintSpec. Those whose ident is the same before the dot (TEI wants each ident once) make one pattern, titled by
 * the desc of the first.
 */
export function extractSchematron({ source }: Odd): string {
  const patterns = new Map<string, { title: string; rules: string[] }>();
  for (const [, ident, title, rules] of source.matchAll(specification)) {
    const pattern = patterns.get(ident!) ?? { title: (title ?? '').replace(/\s+/g, ' '), rules: [] };
    pattern.rules.push(withoutPrefix(indented(rules!, 4)));
    patterns.set(ident!, pattern);
  }
  return [
    header,
    withoutPrefix(indented(declaration.exec(source)![1]!, 2)),
    ...[...patterns].map(([ident, { title, rules }]) =>
      [`\n  <pattern id="${ident}">`, `    <title>${title}</title>`, ...rules, '  </pattern>'].join('\n'),
    ),
    '</schema>\n',
  ].join('\n');
}

const header = `<?xml version="1.0" encoding="UTF-8"?>
<!--
  The rules of the house that a grammar cannot say. Each id is the code after validate/ in src/core/codes.ts.
  Plain ISO Schematron with the query language binding xslt3; oXygen and SchXslt read it too.
  Made from weibian.odd by \`npm run docs\`: change it there.
-->
<schema xmlns="http://purl.oclc.org/dsdl/schematron" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
        xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="urn:weibian:schematron" queryBinding="xslt3">`;

const withoutPrefix = (xml: string): string => xml.replace(/(<\/?)sch:/g, '$1');

/** Lines moved together so that the outermost begins in the given column. */
export function indented(text: string, columns: number): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const depth = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => (line.trim() ? ' '.repeat(columns) + line.slice(depth) : '')).join('\n');
}
