import { escapeXml } from '../core/xml-tree.ts';
import type { Book } from './book.ts';
import { bookSubtitle } from './front-pages.ts';
import type { PdfProfile } from './pdf-profile.ts';

/** The date of the book, the beginning of the epoch without one: the clock has no part in a PDF. */
function bookDate({ front }: Book): Date {
  return new Date(/^\d{4}(-\d\d){0,2}$/.test(front.date ?? '') ? `${front.date}` : 0);
}

/** The document information of the book. */
export function describeInfo(book: Book): Record<string, string | Date> {
  const { front } = book;
  const date = bookDate(book);
  return {
    Title: `${front.title}${bookSubtitle(book)}`,
    Author: front.authors.join('、'),
    ...(front.edition && { Subject: front.edition }),
    Creator: 'weibian',
    Producer: 'weibian (pdfkit)',
    CreationDate: date,
    ModDate: date,
  };
}

/** The XMP description of the book; `id` is the digest that its identifiers are made of. */
export function describeXmp(book: Book, profile: PdfProfile, id: string): string {
  const { front } = book;
  const item = (text: string): string => `<rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li>`;
  const day = bookDate(book).toISOString();
  const screen = profile === 'screen';
  // PDF/A and PDF/X compare XMP with the document information, where authors are one string and dates have a time.
  const authors = screen ? front.authors : [front.authors.join('、')].filter(Boolean);
  const date = screen ? day.slice(0, 10) : day.replace(/\.\d+Z$/, 'Z');
  const creators = authors.map((name) => `<rdf:li>${escapeXml(name)}</rdf:li>`).join('');
  const parts = [
    `<dc:title><rdf:Alt>${item(`${front.title}${bookSubtitle(book)}`)}</rdf:Alt></dc:title>`,
    (screen || creators) && `<dc:creator><rdf:Seq>${creators}</rdf:Seq></dc:creator>`,
    '<dc:language><rdf:Bag><rdf:li>zh-Hant</rdf:li></rdf:Bag></dc:language>',
    front.edition && `<dc:description><rdf:Alt>${item(front.edition)}</rdf:Alt></dc:description>`,
    front.licence && `<dc:rights><rdf:Alt>${item(front.licence)}</rdf:Alt></dc:rights>`,
    `<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate>`,
    '<xmp:CreatorTool>weibian</xmp:CreatorTool><pdf:Producer>weibian (pdfkit)</pdf:Producer>',
  ].filter(Boolean);
  const namespaces = [
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
  ];
  const description = `<rdf:Description rdf:about="" ${namespaces.join(' ')}>\n${parts.join('\n')}\n</rdf:Description>`;
  return [description, ...claims(profile, date, id)].join('\n');
}

/** What the file says of the standards it keeps: PDF/A-1b (ISO 19005-1, 6.7.11), PDF/X-4 (ISO 15930-7, 6.7). */
function claims(profile: PdfProfile, date: string, id: string): string[] {
  if (profile === 'screen') return [];
  if (profile === 'archive') {
    return [
      `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>`,
    ];
  }
  return [
    `<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><pdf:Trapped>False</pdf:Trapped>
<xmp:MetadataDate>${date}</xmp:MetadataDate>
<xmpMM:DocumentID>${uuid(id)}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>`,
  ];
}

function uuid(digest: string): string {
  const [, ...parts] = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digest)!;
  return `uuid:${parts.join('-')}`;
}
