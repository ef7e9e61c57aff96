import { type Diagnostic, diagnostic, type Report } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { scanXml, teiNamespace, type XmlHandlers, type XmlStartTag } from '../core/xml.ts';

/** A TEI file: its path (for messages, and the name of the download) and its text. */
export interface TeiDocument {
  readonly path: string;
  readonly xml: string;
}

/** What is noted while the files are checked. */
export type TeiReader = Required<Pick<XmlHandlers, 'start' | 'text' | 'end'>>;

/**
 * One teiCorpus of TEI files, in reading order, as text; nothing where a file is not well-formed or no TEI (all faults are
 * reported) or there is none. A reader hears of every tag and text on the way.
 */
export function joinTei(
  documents: readonly TeiDocument[],
  report: Report,
  reader: TeiReader = deaf,
): string | undefined {
  const bodies = documents.map((document) => rootElement(document, reader));
  const faults = bodies.filter((body) => typeof body !== 'string');
  faults.forEach(report);
  if (faults.length > 0 || bodies.length === 0) return undefined;
  return `<teiCorpus xmlns="${teiNamespace}">${bodies.join('\n')}</teiCorpus>`;
}

const deaf: TeiReader = { start: () => {}, text: () => {}, end: () => {} };

/** The root element of a TEI file as text, or the diagnostic that says why there is none. */
function rootElement({ path, xml }: TeiDocument, reader: TeiReader): string | Diagnostic {
  const place = (unit: number) => ({ file: path, range: new TextIndex(xml).rangeOfUnits(unit, unit) });
  let root: XmlStartTag | undefined;
  const fault = scanXml(xml, {
    ...reader,
    start: (tag) => {
      root ??= tag;
      reader.start(tag);
    },
  });
  if (fault) return diagnostic(fault.code, fault.message, place(fault.start));
  const { uri, local, name, at } = root!;
  if (uri === teiNamespace && (local === 'TEI' || local === 'teiCorpus')) return xml.slice(at);
  const message = `Unexpected root element \`${name}\`, expected \`TEI\` in the namespace ${teiNamespace}.`;
  return diagnostic('edition/not-tei', message, place(at));
}
