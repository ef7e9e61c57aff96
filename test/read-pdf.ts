import { inflateSync } from 'node:zlib';

// Just enough of a PDF reader to say what the text layer holds: the tests need no system package.

/** Text of each page of a PDF that weibian wrote, in the order of its content, artifacts and replaced text left out. */
export function readPdfText(bytes: Uint8Array): string[] {
  const objects = readObjects(Buffer.from(bytes));
  const kids = [...objects.values()].find(({ dict }) => dict.includes('/Type /Pages'))!.dict;
  const pages = references(/\/Kids \[([^\]]*)\]/.exec(kids)![1]!);
  return pages.map((id) => readPage(objects, id));
}

interface PdfObject {
  readonly dict: string;
  readonly stream: string;
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

function readPage(objects: Map<number, PdfObject>, id: number): string {
  const page = objects.get(id)!.dict;
  const at = (key: string, dict: string): PdfObject =>
    objects.get(Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(dict)![1]))!;
  const resources = at('Resources', page).dict;
  const fonts = new Map<string, Map<string, string>>();
  for (const [, name, font] of resources.matchAll(/\/(W\w+) (\d+) 0 R/g)) {
    fonts.set(name!, readUnicode(at('ToUnicode', objects.get(Number(font))!.dict).stream));
  }
  let text = '';
  let artifact = false;
  let font = new Map<string, string>();
  for (const line of at('Contents', page).stream.split('\n')) {
    if (line.startsWith('/Artifact')) artifact = true;
    if (line === 'EMC EMC') artifact = false;
    font = fonts.get(/\/(\w+) [\d.]+ Tf/.exec(line)?.[1] ?? '') ?? font;
    const codes = /<([\da-f]+)> Tj/.exec(line)?.[1];
    if (codes && !artifact) text += (codes.match(/.{4}/g) ?? []).map((code) => font.get(code) ?? '�').join('');
  }
  return text;
}

function readUnicode(cmap: string): Map<string, string> {
  const pairs = [...cmap.matchAll(/^<([\da-f]{4})> <([\da-f]*)>$/gm)];
  const decode = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  return new Map(pairs.map(([, code, hex]) => [code!, decode(hex!)]));
}
