import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FoundSpan, type GoldSpan, type Score, scoreSpans } from '../annotate/score.ts';
import { emptyAuthority } from '../authority/authority.ts';
import { convertDocument } from '../commands/convert-document.ts';
import { defaultEdition } from '../commands/default-edition.ts';
import { packageRoot } from '../core/package-root.ts';
import { readIdentities } from '../tei/read-identities.ts';
import { punctuated, readPassage } from './passage.ts';

/** A text with its gold, spans in code points. */
export interface GoldText {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly gold: readonly GoldSpan[];
  /** The year in which it begins, where it does not say. */
  readonly start?: string;
}

/** A gold text with what weibian finds in it. */
export interface AnnotatedGold extends GoldText {
  readonly found: readonly FoundSpan[];
}

/** The gold texts of `corpus/gold`, in order: file, title, and for the sample its text and first year. */
export const goldFiles = [
  { name: 'xixiaji-03', title: '西夏紀 3', text: '../xixiaji-03.txt', start: '咸平二年' },
  { name: 'liaoshi-115', title: '遼史 115', text: 'liaoshi-115.txt' },
  { name: 'jinshi-134', title: '金史 134', text: 'jinshi-134.txt' },
  { name: 'songshi-011', title: '宋史 11' },
  { name: 'songshi-490', title: '宋史 490' },
  { name: 'jianyan-110', title: '要錄 110' },
] as const;

/** The example edition, on which the rules were written. */
export const sample = 'xixiaji-03';

/** Where the texts are looked for that are not in the repository. */
export const defaultCorpora: string = fileURLToPath(new URL('../shared/corpora/', packageRoot));

const folder = fileURLToPath(new URL('corpus/gold/', packageRoot));

/** The gold texts; without the folder `corpora` only those whose text is in the repository. */
export function readGoldTexts(corpora: string): GoldText[] {
  return goldFiles.flatMap((one): GoldText[] => {
    const { name, title } = one;
    if ('text' in one) {
      const start = 'start' in one ? { start: one.start } : {};
      return [{ name, title, text: readFileSync(join(folder, one.text), 'utf8'), gold: readLines(name), ...start }];
    }
    if (!existsSync(corpora)) return [];
    const { text, spans } = punctuated(readPassage(folder, `${name}.json`, corpora));
    const gold = spans.map(([start, end, type, key]) => ({ start, end, type, ...(key === undefined ? {} : { key }) }));
    return [{ name, title, text, gold }];
  });
}

function readLines(name: string): GoldSpan[] {
  const lines = readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { start, end, type, key } = JSON.parse(line) as GoldSpan;
    return { start, end, type, ...(key === undefined ? {} : { key }) };
  });
}

/** What weibian finds in a gold text without any authority file, read back from its TEI. */
export function annotateGold(gold: GoldText): AnnotatedGold {
  const file = `${gold.name}.txt`;
  const edition = { ...defaultEdition(file, gold.title, () => {}), authority: emptyAuthority };
  const document = { file, ...(gold.start === undefined ? {} : { start: gold.start }) };
  const converted = convertDocument(new TextEncoder().encode(gold.text), document, edition, '0', () => {});
  if (!converted) throw new Error(`${file} cannot be converted`);
  return { ...gold, found: readIdentities(converted.tei.xml) };
}

/** The score of one text, or of several as if they were one. */
export function scoreGold(texts: readonly AnnotatedGold[]): Score {
  const gold: GoldSpan[] = [];
  const found: FoundSpan[] = [];
  let offset = 0;
  for (const text of texts) {
    for (const span of text.gold) gold.push({ ...span, start: span.start + offset, end: span.end + offset });
    for (const span of text.found) found.push({ ...span, start: span.start + offset, end: span.end + offset });
    offset += [...text.text].length;
  }
  return scoreSpans(gold, found);
}
