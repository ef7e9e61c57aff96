import type { Ink } from './drawing.ts';

/** What a PDF is for: a printing house, a library's long-term store, or a reader's screen. */
export type PdfProfile = 'press' | 'archive' | 'screen';

/** How the PDF is written; everything that is not given is as `defaults` says. */
export interface PdfOptions {
  readonly profile?: PdfProfile;
  /** Press: the red of 句讀 and seals as process colour, as an ink of its own, or printed black. */
  readonly red?: 'cmyk' | 'spot' | 'black';
  /** Press: the name of that ink of its own, as the printer calls it. */
  readonly spot?: string;
  /** Press: millimetres that the drawing goes on beyond the trimmed page. */
  readonly bleed?: number;
  /** Press: whether crop and registration marks and the slug line stand around the page. */
  readonly marks?: boolean;
  /** Paths of TrueType fonts that are asked for a character before those of weibian, in this order. */
  readonly fonts?: readonly string[];
  /** `false` leaves the streams readable. */
  readonly compress?: boolean;
}

const defaults = {
  profile: 'screen',
  red: 'cmyk',
  spot: 'Cinnabar',
  bleed: 3,
  marks: true,
  fonts: [],
  compress: true,
} as const;

/** The options with every default in place. Throws a RangeError when the bleed is no length that a sheet can have. */
export function completeOptions(options: PdfOptions): Required<PdfOptions> {
  const complete = { ...defaults, ...options };
  if (!(complete.bleed >= 0 && complete.bleed <= 50)) {
    throw new RangeError(`a bleed is 0 to 50 millimetres: found ${complete.bleed}`);
  }
  return complete;
}

/** The operators that set an ink for fills and for strokes. */
export type Inks = Readonly<Record<Ink, string>>;

/** The red of cinnabar in process colours; on FOGRA39 a warm, slightly dark red. */
export const redInks = [0, 0.88, 0.82, 0.12] as const;

/** Resource names of the colour spaces that a page of the press profile has. */
export const colourSpaces = { spot: 'Spot', registration: 'All' } as const;

const process = (values: string): string => `${values} k ${values} K`;
const light = (values: string): string => `${values} rg ${values} RG`;
const separation = (name: string): string => `/${name} cs 1 scn /${name} CS 1 SCN`;

/** The inks of a profile: K only and the red as chosen for the press, RGB for the archive, whose PDF/A has one space. */
export function inksOf({ profile, red }: Required<PdfOptions>): Inks {
  if (profile === 'archive') return { black: light('0 0 0'), red: light('0.76 0.2 0.16'), paper: light('1 1 1') };
  const black = process('0 0 0 1');
  // Overprint is off, so paper takes every ink away below it: white in a seal is bare paper.
  const inks = { black, red: process(redInks.join(' ')), paper: process('0 0 0 0') };
  if (profile === 'screen' || red === 'cmyk') return inks;
  return { ...inks, red: red === 'spot' ? separation(colourSpaces.spot) : black };
}

/** Registration: every ink there is, so that the marks show how the plates lie on each other. */
export const registrationInks: Inks = {
  black: separation(colourSpaces.registration),
  red: separation(colourSpaces.registration),
  paper: process('0 0 0 0'),
};
