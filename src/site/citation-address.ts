/** Forms in which an entry can be cited. */
export type CitationFormat = 'text' | 'bibtex' | 'csl';

/** A citation with the address where the reader found the entry, unless it has an address already. */
export function withAddress(citation: string, format: CitationFormat, address: string): string {
  if (format === 'text') return /https?:\/\/\S+$/.test(citation) ? citation : `${citation} ${address}`.trim();
  if (format === 'bibtex') {
    if (/^ {2}url = /m.test(citation)) return citation;
    return citation.replace(/\n\}$/, () => `,\n  url = {${address}}\n}`);
  }
  const items = JSON.parse(citation) as readonly Readonly<Record<string, unknown>>[];
  return JSON.stringify(
    items.map((item) => ({ URL: address, ...item })),
    undefined,
    2,
  );
}
