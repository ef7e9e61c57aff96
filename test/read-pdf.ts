import { inflateSync } from 'node:zlib';

// Just enough of a PDF reader to say what is in a file that weibian wrote: the tests need no system package.

/** An object of the file: its dictionary (or other value) as text, and its stream. */
export interface PdfObject {
  readonly dict: string;
  readonly stream: string;
}

/** A page: its dictionary, its content, and the text in it. */
export interface PdfPage {
  readonly id: number;
  readonly dict: string;
  readonly content: string;
  readonly pieces: readonly PdfPiece[];
}

/** Text in the order of the content: `mcid` names the marked piece, `hidden` is text of artifacts and made headings. */
export interface PdfPiece {
  readonly text: string;
  readonly mcid?: number;
  readonly hidden: boolean;
}

/** An element of the structure tree; what is below it in order, marked pieces as their text. */
export interface PdfElement {
  readonly type: string;
  readonly actual?: string;
  readonly kids: readonly (PdfElement | string)[];
}

/** The objects of a PDF by number. */
export function readPdfObjects(bytes: Uint8Array): Map<number, PdfObject> {
  return readObjects(Buffer.from(bytes));
}

/** The pages of a PDF in order. */
export function readPdfPages(bytes: Uint8Array): PdfPage[] {
  const objects = readPdfObjects(bytes);
  const kids = [...objects.values()].find(({ dict }) => dict.includes('/Type /Pages'))!.dict;
  return references(/\/Kids \[([^\]]*)\]/.exec(kids)![1]!).map((id) => readPage(objects, id));
}

/** Text of each page of a PDF that weibian wrote, in the order of its content, artifacts and replaced text left out. */
export function readPdfText(bytes: Uint8Array): string[] {
  return readPdfPages(bytes).map(({ pieces }) =>
    pieces
      .filter(({ hidden }) => !hidden)
      .map(({ text }) => text)
      .join(''),
  );
}

/** The structure tree of a PDF: its one element, the document. */
export function readPdfTags(bytes: Uint8Array): PdfElement {
  const objects = readPdfObjects(bytes);
  const texts = new Map<string, string>();
  for (const { id, pieces } of readPdfPages(bytes)) {
    for (const { mcid, text, hidden } of pieces) {
      if (mcid === undefined) continue;
      const key = `${id} ${mcid}`;
      texts.set(key, (texts.get(key) ?? '') + (hidden ? '' : text));
    }
  }
  const read = (id: number): PdfElement => {
    const { dict } = objects.get(id)!;
    const actual = /\/ActualText \(((?:\\.|[^\\)])*)\)/s.exec(dict)?.[1];
    const own = /\/Pg (\d+) 0 R\n\/K/.exec(dict)?.[1];
    const kids = /\/K \[([^\]]*)\]/.exec(dict)![1]!;
    const tokens = kids.matchAll(/<<[^>]*\/Pg (\d+) 0 R[^>]*\/MCID (\d+)[^>]*>>|(\d+) 0 R|(\d+)/g);
    return {
      type: /\/S \/(\w+)/.exec(dict)![1]!,
      ...(actual !== undefined && { actual: decodeString(actual) }),
      kids: [...tokens].map(([, page, mcid, element, here]) =>
        element ? read(Number(element)) : texts.get(`${page ?? own} ${mcid ?? here}`)!,
      ),
    };
  };
  const root = [...objects.values()].find(({ dict }) => dict.includes('/Type /StructTreeRoot'))!.dict;
  return read(Number(/\/K \[(\d+) 0 R\]/.exec(root)![1]));
}

function readObjects(file: Buffer): Map<number, PdfObject> {
  const text = file.toString('latin1');
  const objects = new Map<number, PdfObject>();
  const starts = /(?:^|\n)(\d+) 0 obj\n/g;
  for (let found = starts.exec(text); found; found = starts.exec(text)) {
    const from = found.index + found[0].length;
    const streamAt = text.indexOf('stream\n', from);
    const endAt = text.indexOf('endobj', from);
    if (streamAt < 0 || streamAt > endAt) {
      objects.set(Number(found[1]), { dict: text.slice(from, endAt), stream: '' });
      continue;
    }
    const dict = text.slice(from, streamAt);
    const length = Number(/\/Length (\d+)/.exec(dict)![1]);
    const raw = file.subarray(streamAt + 7, streamAt + 7 + length);
    const content = dict.includes('/FlateDecode') ? inflateSync(raw) : raw;
    objects.set(Number(found[1]), { dict, stream: content.toString('latin1') });
    starts.lastIndex = streamAt + 7 + length;
  }
  return objects;
}

function references(text: string): number[] {
  return [...text.matchAll(/(\d+) 0 R/g)].map(([, id]) => Number(id));
}

function readPage(objects: Map<number, PdfObject>, id: number): PdfPage {
  const { dict } = objects.get(id)!;
  const at = (key: string, from: string): PdfObject =>
    objects.get(Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(from)![1]))!;
  const fonts = new Map<string, Map<string, string>>();
  for (const [, name, font] of at('Resources', dict).dict.matchAll(/\/(W\w+) (\d+) 0 R/g)) {
    fonts.set(name!, readUnicode(at('ToUnicode', objects.get(Number(font))!.dict).stream));
  }
  const content = at('Contents', dict).stream;
  const pieces: PdfPiece[] = [];
  // One entry for each open marked content: its number, and whether its text counts for nothing.
  const open: { mcid?: number; hidden: boolean }[] = [];
  let font = new Map<string, string>();
  const tokens = /\/\w+ (<<.*?>>+ BDC|BMC)|\bEMC\b|\/(\w+) [\d.]+ Tf|<([\da-f]+)> Tj/g;
  for (const [token, mark, name, codes] of content.matchAll(tokens)) {
    if (token === 'EMC') open.pop();
    else if (mark) {
      const mcid = /\/MCID (\d+)/.exec(mark)?.[1];
      open.push({ hidden: mark.includes('/ActualText ()'), ...(mcid && { mcid: Number(mcid) }) });
    } else if (name) font = fonts.get(name)!;
    else {
      const text = (codes!.match(/.{4}/g) ?? []).map((code) => font.get(code) ?? '\ufffd').join('');
      const mcid = open.findLast((one) => one.mcid !== undefined)?.mcid;
      pieces.push({ text, hidden: open.some(({ hidden }) => hidden), ...(mcid !== undefined && { mcid }) });
    }
  }
  return { id, dict, content, pieces };
}

function readUnicode(cmap: string): Map<string, string> {
  const pairs = [...cmap.matchAll(/^<([\da-f]{4})> <([\da-f]*)>$/gm)];
  const decode = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  return new Map(pairs.map(([, code, hex]) => [code!, decode(hex!)]));
}

/** A literal string in UTF-16 with its byte order mark. */
function decodeString(literal: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const bytes = literal.replace(/\\(.)/gs, (_, char: string) => named[char] ?? char);
  return Buffer.from(bytes, 'latin1').swap16().toString('utf16le').slice(1);
}
