import type { Block, Book, Entity, EntityKind, Gaiji, Inline, Intervention } from './book.ts';
import { chineseNumber } from './numerals.ts';

/** Which generated parts a book has; each is there unless it is `false` or would be empty. */
export interface Matter {
  /** 凡例, from the editorial declaration. */
  readonly principles?: boolean;
  /** 目錄. */
  readonly contents?: boolean;
  /** 人名、地名、國族、書名索引. */
  readonly indexes?: boolean;
  /** 校改表. */
  readonly interventions?: boolean;
  /** 字形表, of characters outside the fonts; vertical presets have it. */
  readonly glyphs?: boolean;
  /** Order of the indexes, as in the registers of the site. */
  readonly order?: 'stroke' | 'pinyin';
}

/** A place in the book as its folios say it: 卷三 and 五上, or only a number. */
export interface Folio {
  readonly juan: string;
  readonly leaf: string;
}

/** What the parts need to know of a page of text, whatever its preset. */
export interface PageFacts {
  readonly folio: Folio;
  /** Ids of the entities named on it. */
  readonly entities: ReadonlySet<string>;
  readonly interventions: readonly Intervention[];
  /** Juan (level 1) and years (level 2) that begin on it. */
  readonly openings: readonly { readonly level: 1 | 2; readonly title: string }[];
}

/** Text of a part: a character outside the fonts is drawn as in the text. */
export type MatterText = readonly (string | Gaiji)[];

/** An entry of a part: a heading, a paragraph, a line of contents with its folio, an item with its headword (and its folio at the end). */
export type MatterEntry =
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'line'; readonly level: 1 | 2; readonly text: string; readonly folio: string }
  | { readonly kind: 'item'; readonly head: MatterText; readonly text: MatterText; readonly folio?: string };

/** A part of the front or back matter. */
export interface Part {
  readonly title: string;
  /** Whether it is an index: short items, set in two columns or registers. */
  readonly index?: true;
  readonly entries: readonly MatterEntry[];
}

/** What the sections of the editorial declaration are called; the site has the same words (about.* of its labels). */
const principleTitles: Readonly<Record<string, string>> = {
  correction: '校改',
  normalization: '字形',
  punctuation: '標點',
  quotation: '引文',
  segmentation: '分條',
  interpretation: '標記',
};

const indexTitles: readonly (readonly [EntityKind, string])[] = [
  ['person', '人名索引'],
  ['place', '地名索引'],
  ['org', '國族索引'],
  ['work', '書名索引'],
];

/** 凡例: each section with its heading. */
export function principlesOf(book: Book, matter: Matter): Part[] {
  if (matter.principles === false) return [];
  const entries = (book.principles ?? []).flatMap(({ name, paragraphs }): MatterEntry[] => {
    const title = principleTitles[name];
    const body = paragraphs.map((text): MatterEntry => ({ kind: 'paragraph', text }));
    return title ? [{ kind: 'section', text: title }, ...body] : body;
  });
  return entries.length > 0 ? [{ title: '凡例', entries }] : [];
}

/** 目錄: juan and years, then the parts behind the text, each with its folio. */
export function contentsOf(
  pages: readonly PageFacts[],
  back: readonly { readonly title: string; readonly folio: string }[],
  matter: Matter,
): Part[] {
  if (matter.contents === false) return [];
  const text = pages.flatMap(({ folio, openings }) =>
    openings.map(({ level, title }): MatterEntry => ({ kind: 'line', level, text: title, folio: folio.leaf })),
  );
  const behind = back.map(({ title, folio }): MatterEntry => ({ kind: 'line', level: 1, text: title, folio }));
  return text.length > 0 ? [{ title: '目錄', entries: [...text, ...behind] }] : [];
}

/** The indexes and the list of interventions, in this order. */
export function backParts(book: Book, pages: readonly PageFacts[], matter: Matter): Part[] {
  const parts = [...indexesOf(book, pages, matter), ...interventionsOf(pages, matter)];
  const gaiji = new Map(gaijiOf(book).map((one) => [one.spelling, one]));
  return parts.map((part) => ({ ...part, entries: part.entries.map((entry) => composeItem(entry, gaiji)) }));
}

/** The characters outside the fonts that a book has. */
export function gaijiOf(book: Book): Gaiji[] {
  return book.juans.flatMap(({ blocks }) => blocks).flatMap(gaijiIn);
}

function gaijiIn(block: Block): Gaiji[] {
  const within = (content: readonly Inline[]): Gaiji[] =>
    content.flatMap((part): Gaiji[] => {
      if (typeof part === 'string' || part.kind === 'intervention') return [];
      if (part.kind === 'gaiji') return [part];
      return within(part.kind === 'ruby' ? part.base : part.content);
    });
  return block.kind === 'year' ? [] : within(block.content);
}

/** Names of the standOff spell such characters; the page draws them as in the text. What the source has stays quoted. */
function composeItem(entry: MatterEntry, gaiji: ReadonlyMap<string, Gaiji>): MatterEntry {
  if (entry.kind !== 'item' || gaiji.size === 0) return entry;
  const compose = (text: MatterText): MatterText =>
    text.flatMap((part) => (typeof part === 'string' ? split(part, gaiji) : [part]));
  return { ...entry, head: compose(entry.head), text: entry.text.some(isQuoted) ? entry.text : compose(entry.text) };
}

const isQuoted = (part: string | Gaiji): boolean => typeof part === 'string' && part.includes(sourceSpelling);

function split(text: string, gaiji: ReadonlyMap<string, Gaiji>): MatterText {
  for (const [spelling, character] of gaiji) {
    const at = text.indexOf(spelling);
    if (at < 0) continue;
    const parts = [...split(text.slice(0, at), gaiji), character, ...split(text.slice(at + spelling.length), gaiji)];
    return parts.filter((part) => part !== '');
  }
  return [text];
}

/** 索引: every entity that the text names, with its other names and the folios where it is named. */
function indexesOf(book: Book, pages: readonly PageFacts[], matter: Matter): Part[] {
  if (matter.indexes === false) return [];
  const folios = new Map<string, Folio[]>();
  for (const { entities, folio } of pages) {
    for (const id of entities) addTo(folios, id, folio);
  }
  const sorted = sortEntities(
    (book.entities ?? []).filter(({ id }) => folios.has(id)),
    matter.order ?? 'stroke',
  );
  return indexTitles.flatMap(([of, title]) => {
    const entries = sorted
      .filter((entity) => entity.of === of)
      .map(({ id, heading, names }): MatterEntry => {
        // The white of a closing parenthesis is room enough before the folios.
        const others = names.length > 0 ? `（${names.join('、')}）` : '　';
        return { kind: 'item', head: [heading], text: [others + writeFolios(folios.get(id)!)] };
      });
    return entries.length > 0 ? [{ title, index: true as const, entries }] : [];
  });
}

/** The order of the site's registers: headwords by strokes or pinyin, equal ones by id. */
export function sortEntities(entities: readonly Entity[], order: 'stroke' | 'pinyin'): Entity[] {
  const collator = new Intl.Collator(`zh-u-co-${order}`);
  return [...entities].sort(
    (a, b) => collator.compare(a.heading, b.heading) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

function addTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

/** Folios, those of a juan together: 卷三·一上、二下，卷四·一上; or 1、4. */
export function writeFolios(folios: readonly Folio[]): string {
  const byJuan = new Map<string, string[]>();
  for (const { juan, leaf } of folios) addTo(byJuan, juan, leaf);
  return [...byJuan].map(([juan, leaves]) => (juan ? `${juan}·` : '') + leaves.join('、')).join('，');
}

/** 校改表: what editors did to the text, each with its place and the sign of who signed it; last, whose signs these are. */
function interventionsOf(pages: readonly PageFacts[], matter: Matter): Part[] {
  if (matter.interventions === false) return [];
  const signs = new Map<string, string>();
  const signOf = (by: string): string => {
    if (!signs.has(by)) signs.set(by, stems[signs.size] ?? chineseNumber(signs.size + 1));
    return signs.get(by)!;
  };
  const entries = pages.flatMap(({ folio, interventions }) =>
    interventions.map((one): MatterEntry => {
      const signed = [one.by && signOf(one.by), certainties[one.cert ?? '']].filter(Boolean).join('，');
      const text = sayIntervention(one) + (signed ? `（${signed}）` : '');
      return { kind: 'item', head: headOf(one), text: [text], folio: writeFolios([folio]) };
    }),
  );
  if (entries.length === 0) return [];
  const signers = [...signs].map(([by, sign]): MatterEntry => ({ kind: 'item', head: [sign], text: [`　${by}`] }));
  const legend: MatterEntry[] = signers.length > 0 ? [{ kind: 'section', text: '署名' }, ...signers] : [];
  return [{ title: '校改表', entries: [...entries, ...legend] }];
}

/** Introduces how the source spells a character. */
const sourceSpelling = '底本作';

/** Signs of who signed, in the order of the list. */
const stems = [...'甲乙丙丁戊己庚辛壬癸'];

const certainties: Readonly<Record<string, string>> = { high: '確', medium: '未確', low: '存疑' };

function headOf(one: Intervention): MatterText {
  return one.of === 'gaiji' ? [asGaiji(one)] : [one.text];
}

function asGaiji({ text, reading }: Intervention): Gaiji {
  const composed = /^[⿰-⿻]/u.test(reading ?? '');
  return { kind: 'gaiji', spelling: text, ...(reading && (composed ? { ids: reading } : { standard: reading })) };
}

function sayIntervention(one: Intervention): string {
  switch (one.of) {
    case 'supplied':
      return '　補字';
    case 'correction':
      return `　疑當作「${one.reading ?? ''}」`;
    case 'sic':
      return '　原文如此';
    case 'gaiji':
      return `　缺字，${sourceSpelling}「${one.text}」`;
  }
}
