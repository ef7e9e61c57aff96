import { type ConfusedMark, type Confusion, confusions } from '../annotate/confusions.ts';
import { type GoldSpan, type Score, scoreSpans, type TypedSpan } from '../annotate/score.ts';
import { readBody } from '../core/body-text.ts';
import { diagnostic } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import type { Span } from '../core/span.ts';
import { readSource, type SourceDocument } from '../source/source-document.ts';
import { readIdentities } from '../tei/read-identities.ts';
import { type Command, UsageError } from './command.ts';
import { readTeiFile } from './read-tei-file.ts';

export const score: Command = {
  name: 'score',
  summary: 'compare TEI with its source and with gold spans and keys',
  usage: 'SOURCE.txt FILE.xml [GOLD.jsonl]',
  options: { range: { type: 'string' } },
  help: {
    '--range START-END': 'count only spans that start in this range of code points',
    '-v': 'list the spans that only one side has, and the confusions, most frequent first',
    '--format json': 'scores, spans and confusions as one object',
  },
  examples: ['weibian score corpus/xixiaji-03.txt out/tei/xixiaji-03.xml corpus/gold/xixiaji-03.jsonl -v'],
  async run(values, files, terminal) {
    const [sourceFile, teiFile, goldFile, ...more] = files;
    if (sourceFile === undefined || teiFile === undefined || more.length > 0) {
      throw new UsageError('score takes a source text, its TEI file and, if you have it, a gold file');
    }
    const range = readRange(values.range as string | undefined);
    const source = readSource(sourceFile, readBytes(sourceFile));
    const document = readTeiFile(teiFile, terminal);
    if (!document) return;
    const body = readBody(document.xml);
    const lossless = body.text === source.text.text;
    if (!lossless)
      terminal.report(
        diagnostic('tei/text-differs', describeDifference(body.text, source.text.text), { file: teiFile }),
      );
    const gold = goldFile === undefined ? [] : readGold(goldFile);
    const result = scoreSpans(gold, readIdentities(document.xml), range);
    const confused = confusions(result, (start, end) => source.text.slice(start, end));
    if (values.format === 'json') {
      const { types, missed, extra } = result;
      const scored = { types, missed, extra, confusions: confused };
      terminal.write(`${JSON.stringify({ lossless, ...(goldFile === undefined ? {} : scored) })}\n`);
      return;
    }
    terminal.write(`lossless: ${lossless}\n`);
    if (goldFile === undefined) return;
    terminal.write(table(result));
    if (!values.verbose) return;
    terminal.write(differences(result, source.text.text));
    terminal.write(confused.map((one) => `${describeConfusion(one, source)}\n`).join(''));
  },
};

function readRange(text: string | undefined): Span | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d+)-(\d+)$/.exec(text);
  if (!match) throw new UsageError('--range takes two offsets, as 0-2471');
  return { start: Number(match[1]), end: Number(match[2]) };
}

function readGold(file: string): GoldSpan[] {
  const lines = new TextDecoder().decode(readBytes(file)).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const { start, end, type, key } = JSON.parse(line) as GoldSpan;
      return [{ start, end, type, ...(key === undefined ? {} : { key }) }];
    } catch {
      throw new UsageError(
        `${file}:${index + 1} is not a line of JSON: a gold file has one object with start, end and type on each line`,
      );
    }
  });
}

function describeDifference(found: string, expected: string): string {
  const [a, b] = [[...found], [...expected]];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const shown = (text: readonly string[]): string =>
    `\`${text
      .slice(at, at + 12)
      .join('')
      .replaceAll('\n', '⏎')}\``;
  return `Unexpected text ${shown(a)} at code point ${at}, expected ${shown(b)} as in the source.`;
}

function table({ types }: Score): string {
  const rate = (value: number): string => value.toFixed(3);
  return types
    .map(
      ({ type, gold, found, precision, recall, f1, keys, keysCorrect }) =>
        `${type.padEnd(10)} gold ${String(gold).padStart(4)}  found ${String(found).padStart(4)}  P ${rate(precision)}  R ${rate(recall)}  F1 ${rate(f1)}` +
        `${keys > 0 ? `  keys ${keysCorrect}/${keys} ${rate(keysCorrect / keys)}` : ''}\n`,
    )
    .join('');
}

function differences({ missed, extra }: Score, text: string): string {
  const characters = [...text];
  const line =
    (kind: string) =>
    ({ start, end, type }: TypedSpan): string => {
      const around = characters
        .slice(Math.max(0, start - 6), end + 6)
        .join('')
        .replaceAll('\n', '⏎');
      return `  ${kind} ${type} ${characters.slice(start, end).join('')} (${start}–${end}) … ${around}\n`;
    };
  return [...missed.map(line('missed')), ...extra.map(line('extra'))].join('');
}

/** A line for people: `2× type placeName 保靜 (保靜縣) found as persName 保靜, first 3:14`. */
function describeConfusion({ kind, gold, found, count, first }: Confusion, { text }: SourceDocument): string {
  const shown = ({ type, text: quote, key }: ConfusedMark): string => `${type} ${quote}${key ? ` (${key})` : ''}`;
  const pair = [gold && shown(gold), found && `found ${gold ? 'as ' : ''}${shown(found)}`];
  const { line, column } = text.point(first);
  return `  ${count}× ${kind} ${pair.filter((one) => one !== undefined).join(' ')}, first ${line}:${column}`;
}
