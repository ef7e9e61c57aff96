import { readFileSync } from 'node:fs';
import { packageRoot } from '../core/package-root.ts';
import type { MakeObject, PdfObject } from './pdf-fonts.ts';
import { colourSpaces, type PdfOptions, redInks } from './pdf-profile.ts';
import { makeSrgbProfile } from './srgb-profile.ts';

/** The output intent of a profile: the colours that the numbers in the file mean. None for the screen. */
export function makeOutputIntent({ profile }: Required<PdfOptions>, make: MakeObject): PdfObject | undefined {
  if (profile === 'screen') return undefined;
  const [icc, intent] =
    profile === 'archive'
      ? [{ bytes: makeSrgbProfile(), channels: 3 }, archiveIntent]
      : [{ bytes: readFileSync(new URL('icc/FOGRA39L_coated.icc', packageRoot)), channels: 4 }, pressIntent];
  const stream = make({ N: icc.channels });
  stream.end(icc.bytes);
  const object = make({ Type: 'OutputIntent', ...intent, DestOutputProfile: stream });
  object.end();
  return object;
}

const archiveIntent = {
  S: 'GTS_PDFA1',
  OutputConditionIdentifier: new String('sRGB'),
  Info: new String('sRGB IEC61966-2.1'),
};

const pressIntent = {
  S: 'GTS_PDFX',
  OutputConditionIdentifier: new String('FOGRA39'),
  OutputCondition: new String('Offset on coated paper, ISO 12647-2 (FOGRA39L)'),
  RegistryName: new String('http://www.color.org'),
  Info: new String('FOGRA39L Coated'),
};

/** The colour spaces of a press page by resource name: registration, and the red when it is an ink of its own. */
export function makeColourSpaces({ red, spot }: Required<PdfOptions>, make: MakeObject): Record<string, PdfObject> {
  const separation = (name: string, full: readonly number[]): PdfObject => {
    const tint = { FunctionType: 2, Domain: [0, 1], C0: [0, 0, 0, 0], C1: full, N: 1 };
    const object = make(['Separation', pdfName(name), 'DeviceCMYK', tint] as unknown as Record<string, unknown>);
    object.end();
    return object;
  };
  return {
    [colourSpaces.registration]: separation('All', [1, 1, 1, 1]),
    ...(red === 'spot' && { [colourSpaces.spot]: separation(spot, redInks) }),
  };
}

/** A name as PDF writes it: what is no letter or digit as # and two digits (PDF 32000, 7.3.5). */
function pdfName(name: string): string {
  return [...Buffer.from(name, 'utf8')]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9]/.test(char) ? char : `#${byte.toString(16).padStart(2, '0').toUpperCase()}`;
    })
    .join('');
}
