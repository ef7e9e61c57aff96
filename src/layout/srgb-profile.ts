// The colour space of the archive PDF, made here because a PDF/A must carry it and it is small: IEC 61966-2-1 as a
// matrix profile of ICC version 2, which PDF/A-1 takes.

/** White of the profile connection space, and the sRGB primaries adapted to it (Bradford), as ICC profiles hold them. */
const whitePoint = [0.9642, 1, 0.8249] as const;
const primaries = {
  rXYZ: [0.436066, 0.222488, 0.013916],
  gXYZ: [0.385147, 0.716873, 0.097076],
  bXYZ: [0.143066, 0.060608, 0.714096],
} as const;

/** An ICC profile of sRGB; always the same bytes. */
export function makeSrgbProfile(): Uint8Array {
  const curve = curveTag();
  const tags: [string, Buffer][] = [
    ['desc', descriptionTag('sRGB IEC61966-2.1')],
    ['cprt', textTag('Made by weibian; no rights reserved (CC0)')],
    ['wtpt', xyzTag(whitePoint)],
    ...Object.entries(primaries).map(([name, xyz]): [string, Buffer] => [name, xyzTag(xyz)]),
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const parts: Buffer[] = [];
  const placed = new Map<Buffer, number>();
  let end = 128 + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    // The three curves are one.
    if (!placed.has(data)) {
      placed.set(data, end);
      parts.push(data);
      end += data.length;
    }
    table.write(name, 4 + 12 * index, 'latin1');
    table.writeUInt32BE(placed.get(data)!, 8 + 12 * index);
    table.writeUInt32BE(data.length, 12 + 12 * index);
  }
  return Buffer.concat([header(end), table, ...parts]);
}

/** The header (ICC.1:2001-04, 6.1): a display profile from RGB to XYZ. */
function header(length: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(0x02100000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  // The date of the standard: a profile has a date, and this one never changes.
  for (const [index, value] of [1999, 10, 18, 0, 0, 0].entries()) bytes.writeUInt16BE(value, 24 + 2 * index);
  bytes.write('acsp', 36, 'latin1');
  for (const [index, value] of whitePoint.entries()) bytes.writeInt32BE(Math.round(value * 65536), 68 + 4 * index);
  return bytes;
}

/** The transfer function of sRGB at 1,024 points. */
function curveTag(): Buffer {
  const count = 1024;
  const bytes = Buffer.alloc(12 + 2 * count);
  bytes.write('curv', 0, 'latin1');
  bytes.writeUInt32BE(count, 8);
  for (let index = 0; index < count; index++) {
    const value = index / (count - 1);
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    bytes.writeUInt16BE(Math.round(linear * 65535), 12 + 2 * index);
  }
  return bytes;
}

function xyzTag(xyz: readonly number[]): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.write('XYZ ', 0, 'latin1');
  for (const [index, value] of xyz.entries()) bytes.writeInt32BE(Math.round(value * 65536), 8 + 4 * index);
  return bytes;
}

function textTag(text: string): Buffer {
  return padded(Buffer.from(`text\0\0\0\0${text}\0`, 'latin1'));
}

/** A description in ASCII, its Unicode and Macintosh parts empty (ICC.1:2001-04, 6.5.17). */
function descriptionTag(text: string): Buffer {
  const bytes = Buffer.alloc(12 + text.length + 1 + 8 + 3 + 67);
  bytes.write('desc', 0, 'latin1');
  bytes.writeUInt32BE(text.length + 1, 8);
  bytes.write(text, 12, 'latin1');
  return padded(bytes);
}

/** Tags begin at multiples of four bytes. */
function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
