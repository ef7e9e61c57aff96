import { type Score, scoreSpans, type TypedSpan } from '../annotate/score.ts';
import { diagnostic } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import type { Span } from '../core/span.ts';
import { readSource } from '../source/source-document.ts';
import { readBody } from '../tei/read-tei.ts';
import { type Command, UsageError } from './command.ts';
import { readTeiFile } from './read-tei-file.ts';

export const score: Command = {
  name: 'score',
  summary: 'compare TEI with its source and with gold spans',
  usage: 'SOURCE.txt FILE.xml [GOLD.jsonl]',
  options: { range: { type: 'string' } },
  help: {
    '--range START-END': 'count only spans that start in this range of code points',
    '-v': 'list the spans that only one side has',
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
    const result = scoreSpans(gold, body.spans, range);
    const json = values.format === 'json';
    if (json) terminal.write(`${JSON.stringify({ lossless, ...(goldFile === undefined ? {} : result) })}\n`);
    else {
      terminal.write(`lossless: ${lossless}\n`);
      if (goldFile !== undefined) terminal.write(table(result));
      if (goldFile !== undefined && values.verbose) terminal.write(differences(result, source.text.text));
    }
  },
};

function readRange(text: string | undefined): Span | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d+)-(\d+)$/.exec(text);
  if (!match) throw new UsageError('--range takes two offsets, as 0-2471');
  return { start: Number(match[1]), end: Number(match[2]) };
}

function readGold(file: string): TypedSpan[] {
  const lines = new TextDecoder().decode(readBytes(file)).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const { start, end, type } = JSON.parse(line) as TypedSpan;
      return [{ start, end, type }];
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
      ({ type, gold, found, precision, recall, f1 }) =>
        `${type.padEnd(10)} gold ${String(gold).padStart(4)}  found ${String(found).padStart(4)}  P ${rate(precision)}  R ${rate(recall)}  F1 ${rate(f1)}\n`,
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
