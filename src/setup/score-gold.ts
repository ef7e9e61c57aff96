import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scoredTypes, type TypeScore } from '../annotate/score.ts';
import { writeFileAtomic } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import { TextIndex } from '../core/span.ts';
import {
  type AnnotatedGold,
  annotateGold,
  defaultCorpora,
  goldFiles,
  readGoldTexts,
  sample,
  scoreGold,
} from './gold.ts';

// The tables of docs/recognition.md: `npx tsx src/setup/score-gold.ts [CORPORA] [--write] [-v]`. Each gold text is
// annotated without any authority file. CORPORA is a folder with the Kanripo texts that passages of corpus/gold name; without
// it those are left out. `--write` puts the tables into the page; `-v` lists rates per text and what was missed or found wrongly.

const rate = (value: number): string => value.toFixed(3);
const rows = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |\n`).join('');

/** F1 and, in parentheses, how many spans the gold has. */
const cell = ({ gold, f1 }: TypeScore): string => (gold === 0 ? '' : `${rate(f1)} (${gold})`);

const dateKeys = (types: readonly TypeScore[]): string => {
  const { keys, keysCorrect } = types.find(({ type }) => type === 'date')!;
  return `${keysCorrect} of ${keys}`;
};

function row(title: string, texts: readonly AnnotatedGold[]): string[] {
  const { types } = scoreGold(texts);
  return [title, ...types.map(cell), dateKeys(types)];
}

const rateHead = ['gold', 'found', 'P', 'R', 'F1', 'keys right'];
const rateRows = (texts: readonly AnnotatedGold[]): string[][] =>
  scoreGold(texts).types.map(({ type, gold, found, precision, recall, f1, keys, keysCorrect }) => [
    ...[type, String(gold), String(found), rate(precision), rate(recall), rate(f1)],
    `${keysCorrect} of ${keys}`,
  ]);

/** The spans that only one side has and the keys that differ, one a line, with some text around. */
function details(text: AnnotatedGold): string {
  const index = new TextIndex(text.text);
  const shown = (from: number, to: number): string => index.slice(from, to).replaceAll('\n', '¶');
  const { missed, extra, differences } = scoreGold([text]);
  const line =
    (kind: string) =>
    ({ type, start, end }: { type: string; start: number; end: number }): string =>
      `${kind} ${type} ${shown(Math.max(0, start - 6), start)}[${shown(start, end)}]${shown(end, Math.min(end + 6, index.length))}\n`;
  const keys = differences.filter(({ kind }) => kind === 'key').map(({ gold }) => gold);
  return [
    ...missed.map(line('missed')),
    ...extra.map(line('extra')),
    ...keys.map((gold) => line(`not ${gold.key}:`)(gold)),
  ].join('');
}

const [opens, closes] = ['<!-- score-gold -->\n', '<!-- /score-gold -->'] as const;

/** Puts the tables between the two comments of the page that hold them. */
function writeTables(tables: string): void {
  const page = fileURLToPath(new URL('docs/recognition.md', packageRoot));
  const content = readFileSync(page, 'utf8');
  const from = content.indexOf(opens) + opens.length;
  const to = content.indexOf(closes);
  if (!content.includes(opens) || to < from) throw new Error(`${page} has no place for the tables`);
  writeFileAtomic(page, content.slice(0, from) + tables + content.slice(to));
}

const options = process.argv.slice(2);
const corpora = options.find((option) => !option.startsWith('-')) ?? defaultCorpora;
const texts = readGoldTexts(corpora).map(annotateGold);
const others = texts.filter(({ name }) => name !== sample);
const tables = [
  rows(
    ['F1 (spans)', ...scoredTypes, 'date keys right'],
    [...texts.map((text) => row(text.title, [text])), row(`the ${others.length} other than 西夏紀`, others)],
  ),
  rows([`the ${others.length} together`, ...rateHead], rateRows(others)),
].join('\n');
console.log(tables);
if (options.includes('--write')) {
  if (texts.length < goldFiles.length) throw new Error(`${corpora}: some texts are missing, the page stays as it is`);
  writeTables(tables);
}
if (options.includes('-v')) {
  for (const text of texts) console.log(`${rows([text.title, ...rateHead], rateRows([text]))}\n${details(text)}`);
}
