import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fold } from '../core/fold.ts';
import { packageRoot } from '../core/package-root.ts';
import { readingText } from './reading-text.ts';

// Makes src/lexicon/clusters.json: `npx tsx src/setup/make-clusters.ts FOLDER…` (Kanripo texts). Characters that stand between the same
// neighbours are one cluster: k-means over vectors of positive pointwise mutual information. Same texts, same clusters.

const characterCount = 4000;
const contextCount = 400;
const clusterCount = 80;
const rounds = 15;

const text = process.argv
  .slice(2)
  .flatMap((folder) =>
    readdirSync(folder)
      .sort()
      .map((file) => fold(readingText(readFileSync(join(folder, file), 'utf8')))),
  )
  .join('\n')
  .replace(/[^\p{Script=Han}\n]+/gu, '');

const counts = new Map<string, number>();
for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
const characters = [...counts]
  .filter(([character]) => character !== '\n')
  .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  .slice(0, characterCount)
  .map(([character]) => character);
const numberOf = new Map(characters.map((character, number) => [character, number]));

const vectors = vectorsOf();
const clusters = cluster(vectors);
const lists = Array.from({ length: clusterCount }, (_, which) => characters.filter((_, at) => clusters[at] === which));
const target = fileURLToPath(new URL('src/lexicon/clusters.json', packageRoot));
const origin =
  'Clusters of characters that stand between the same neighbours in 宋史 and 建炎以來繫年要錄 (Kanripo KR2a0032, KR2b0024). Written by src/setup/make-clusters.ts; folded (core/fold.ts). CC0.';
const sorted = lists.map((list) => [...list].sort().join('')).sort();
writeFileSync(target, `${JSON.stringify({ origin, clusters: sorted }, undefined, 2)}\n`);
console.log(`${target}: ${characters.length} characters, ${text.length} of text`);

/** A row for each character: how much more often than by chance each of the commonest characters stands before and behind it, of length 1. */
function vectorsOf(): Float32Array[] {
  const width = contextCount * 2;
  const rows = characters.map(() => new Float32Array(width));
  const units = [...text];
  for (let at = 1; at < units.length; at++) {
    const [before, here] = [numberOf.get(units[at - 1]!), numberOf.get(units[at]!)];
    if (before === undefined || here === undefined) continue;
    if (before < contextCount) rows[here]![before]! += 1;
    if (here < contextCount) rows[before]![contextCount + here]! += 1;
  }
  const columns = new Float64Array(width);
  let total = 0;
  for (const row of rows) {
    row.forEach((value, column) => {
      columns[column]! += value;
      total += value;
    });
  }
  for (const row of rows) {
    const sum = row.reduce((all, value) => all + value, 0) || 1;
    let length = 0;
    row.forEach((value, column) => {
      const surprise = value === 0 ? 0 : Math.max(0, Math.log((value * total) / (sum * columns[column]!)));
      row[column] = surprise;
      length += surprise * surprise;
    });
    const norm = Math.sqrt(length) || 1;
    row.forEach((value, column) => {
      row[column] = value / norm;
    });
  }
  return rows;
}

/** The nearest centre of each row after some rounds; the first centres are rows at equal distances in the list. */
function cluster(rows: readonly Float32Array[]): Int32Array {
  const width = contextCount * 2;
  let centres = Array.from({ length: clusterCount }, (_, which) =>
    rows[Math.floor((which * rows.length) / clusterCount)]!.slice(),
  );
  const nearest = new Int32Array(rows.length);
  for (let round = 0; round < rounds; round++) {
    rows.forEach((row, at) => {
      let best = -1;
      centres.forEach((centre, which) => {
        let likeness = 0;
        for (let column = 0; column < width; column++) likeness += row[column]! * centre[column]!;
        if (likeness > best) {
          best = likeness;
          nearest[at] = which;
        }
      });
    });
    const sums = centres.map(() => new Float32Array(width));
    rows.forEach((row, at) => {
      const sum = sums[nearest[at]!]!;
      for (let column = 0; column < width; column++) sum[column]! += row[column]!;
    });
    centres = sums.map((sum) => {
      const norm = Math.sqrt(sum.reduce((all, value) => all + value * value, 0)) || 1;
      return sum.map((value) => value / norm);
    });
  }
  return nearest;
}
