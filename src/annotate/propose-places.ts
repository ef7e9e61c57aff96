import type { OtherName, Place } from '../authority/authority.ts';
import { fold, foldPattern } from '../core/fold.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Findings } from './findings.ts';
import { isMostlyName, phrasesAround, type TaggedForm } from './tagged-names.ts';

/** A place to be proposed, with all its folded forms but one character. */
interface Candidate {
  readonly form: string;
  readonly aliases: readonly string[];
  readonly kind?: string;
}

/**
 * Places that the tagger found, those of the lexicon that the text has, and those that end like one. `persons` are the
 * folded names that were given to persons.
 */
export function proposePlaces(forms: readonly TaggedForm[], persons: ReadonlySet<string>, findings: Findings): Place[] {
  const { lexicon, known, spell, id, tagged, text } = findings;
  const listed = listedPlaces(forms, persons, findings);
  const have = new Set(listed.flatMap(({ form, aliases }) => [form, ...aliases]));
  const own = [
    ...forms.filter(({ form }) => [...form].length > 1).map(({ form }) => trimmed(form, findings)),
    ...tailed(findings),
  ].filter((form) => !have.has(form) && !known.has(form) && !persons.has(form));
  const candidates: Candidate[] = [...listed, ...[...new Set(own)].map((form) => ({ form, aliases: [] }))];
  const taken = new Set([...have, ...own, ...persons]);
  const shorts = new Map(forms.filter(({ form }) => [...form].length === 1).map((one) => [one.form, one]));
  const officesBy = longerWords(findings);
  return candidates.map(({ form, aliases, kind }) => {
    const bare = bareName(form, taken, findings);
    const short = /^.州$/u.test(form) ? shorts.get(form.slice(0, -1)) : undefined;
    const names: OtherName[] = [
      ...[form, ...aliases].flatMap((one) => limited(one, one !== form, officesBy.get(one), findings)),
      ...(short ? [{ text: short.form, type: 'short', in: phrasesAround(text, short) }] : []),
      ...(bare ? [{ text: bare, type: 'short' }] : []),
    ];
    return {
      id: id(),
      name: kind === undefined || tagged.has(form) ? spell(form) : (namesOf(lexicon).get(form) ?? form),
      kind: kind ?? lexicon.tails.get([...form].at(-1)!) ?? 'other',
      ...(names.length > 0 ? { names } : {}),
    };
  });
}

/** What limits a form: the phrases in which the tagger took it for a name where it is mostly another word, and longer words (大都 in 大都督府). */
function limited(
  form: string,
  isAlias: boolean,
  longer: readonly string[] | undefined,
  { tagged, spell, text }: Findings,
): OtherName[] {
  const found = tagged.get(form);
  const phrases = found?.type === 'placeName' && !isMostlyName(found) ? phrasesAround(text, found) : undefined;
  if (!isAlias && !phrases && !longer) return [];
  return [
    {
      text: spell(form),
      type: isAlias ? 'short' : 'full',
      ...(phrases ? { in: phrases } : {}),
      ...(longer ? { notIn: longer } : {}),
    },
  ];
}

const namesByLexicon = new WeakMap<Lexicon, ReadonlyMap<string, string>>();

/** The spelling of a place of the lexicon by its folded form. */
function namesOf(lexicon: Lexicon): ReadonlyMap<string, string> {
  const made = namesByLexicon.get(lexicon) ?? new Map(lexicon.places.map(({ name }) => [fold(name), name]));
  namesByLexicon.set(lexicon, made);
  return made;
}

/** Places of the lexicon whose name or other name the text has, unless it is a person's, or the tagger says something else. */
function listedPlaces(forms: readonly TaggedForm[], persons: ReadonlySet<string>, findings: Findings): Candidate[] {
  const { lexicon, known, present, tagged, text } = findings;
  const joined = joinedCharacters(text);
  const shorts = new Set(forms.map(({ form }) => form));
  // 西南、西北 joins directions, not 南州 and 西州.
  const isChained = (name: string): boolean =>
    /^.州$/u.test(name) &&
    (shorts.has(name.slice(0, -1)) || (joined.has(name.slice(0, -1)) && !/^[東西南北]/u.test(name)));
  const isFree = (name: string): boolean =>
    !known.has(name) && !persons.has(name) && (tagged.get(name)?.type ?? 'placeName') === 'placeName';
  const seen = new Set<string>();
  return lexicon.places.flatMap(({ name, kind, aliases }) => {
    const form = fold(name);
    const others = aliases
      .map(fold)
      .filter((one) => [...one].length > 1 && present.has(one) && isFree(one) && !seen.has(one));
    const isHere = (present.has(form) || isChained(form)) && [...form].length > 1;
    if (seen.has(form) || !isFree(form) || (!isHere && others.length === 0)) return [];
    for (const one of [form, ...others]) seen.add(one);
    return [{ form, aliases: others, kind }];
  });
}

/** Characters with 、 on one side at least: the short name of a prefecture stands in a list (麟、府). */
function joinedCharacters(text: string): Set<string> {
  const joined = new Set<string>();
  for (let at = text.indexOf('、'); at >= 0; at = text.indexOf('、', at + 1))
    joined.add(text[at - 1]!).add(text[at + 1]!);
  return joined;
}

const direction = foldPattern(/^(.{2,})[東西南北境內外]$/u);
const road = /^(.{2,})路$/u;

/** A tagged form without what only describes: 威戎東, 瓦亭路 (a road; 涇原路, a circuit, keeps it). */
function trimmed(form: string, { lexicon, tagged }: Findings): string {
  const isPlace = (name: string): boolean =>
    lexicon.words.get(name)?.has('place') === true || tagged.get(name)?.type === 'placeName';
  if (lexicon.words.get(form)?.has('place')) return form;
  const bare = (direction.exec(form) ?? road.exec(form))?.[1];
  return bare !== undefined && isPlace(bare) ? bare : form;
}

/** Words of other kinds that begin with a place: 大都督府 with 大都. */
function longerWords({ lexicon, present }: Findings): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const word of present) {
    const classes = lexicon.words.get(word)!;
    if (!(classes.has('office') || classes.has('role') || classes.has('not-place')) || classes.has('place')) continue;
    for (let length = 2; length < word.length; length++) {
      const start = word.slice(0, length);
      if (!lexicon.words.get(start)?.has('place')) continue;
      // 環慶路都部署 begins with a place and names it.
      if (lexicon.words.get(word.slice(length))?.has('office')) continue;
      found.set(start, [...(found.get(start) ?? []), word]);
    }
  }
  return found;
}

/** What goes before a place: the beginning of a clause, a movement, a battle, an office, another place. */
const beforePlace =
  '(?<=^|[，。、；：「『（）\\s於至入攻圍陷城築過自由抵次屯出寇犯襲據取破及與越逾經知復守駐渡保焚援趨州軍府縣路])';
const insideName =
  '[^\\p{P}\\s之其此諸各數等皆以為於而與及有無不是州軍府縣路兩本他大小官敗援禁攻圍陷侵宋遼金至往赴知徇破進復城築掠升擇謀從由自若則故令再渡入出過次屯據取寇犯襲抵守駐保焚趨棄命使遣上下]';

/** Tails that end few other words. Prefectures and counties are known by name, or the tagger knows them. */
const distinctTails = '寨|砦|堡|關|嶺|峽|峰|鎮|(?<!山)川|泉';
const tailedPlace = new RegExp(
  fold(`${beforePlace}${insideName}{1,3}?(?:${distinctTails})(?![使主帥將者兵士馬民])`),
  'gu',
);

/** Places by the way they end, where the words before allow a place: 制勝關, 洪德寨, 柳撥川. */
function tailed({ text, taken, lexicon }: Findings): string[] {
  let next = 0;
  return [...text.matchAll(tailedPlace)].flatMap((match) => {
    const end = match.index + match[0].length;
    while (taken[next] && taken[next]!.end <= match.index) next++;
    const isTaken = taken[next] !== undefined && taken[next]!.start < end;
    const isOther = lexicon.words.get(match[0])?.has('not-place') || crossesPlace(text, match.index, end, lexicon);
    return isTaken || isOther ? [] : [knownEnd(match[0], lexicon)];
  });
}

/** 潼關 of 毀潼關: the place of the lexicon that the words end with, if they do. */
function knownEnd(words: string, { words: known }: Lexicon): string {
  for (let start = 1; start < words.length - 1; start++) {
    if (known.get(words.slice(start))?.has('place')) return words.slice(start);
  }
  return words;
}

/** True if a place of the lexicon begins inside and ends beyond: 伺鎮 of 伺鎮戎軍. */
function crossesPlace(text: string, start: number, end: number, { wordIndex: { trie, classesOf } }: Lexicon): boolean {
  let crosses = false;
  for (let at = start + 1; at < end; at++) {
    trie.matches(text, at, text.length, (word, length) => {
      if (at + length > end && classesOf[word]!.includes('place')) crosses = true;
    });
  }
  return crosses;
}

const generalTail = foldPattern(/^(.{2,})[軍州府縣寨砦堡城關鎮]$/u);

/** 清遠 of 清遠軍, unless it is another word, another name, or the tagger takes it for something else. */
function bareName(form: string, taken: ReadonlySet<string>, { lexicon, tagged, known }: Findings): string | undefined {
  const bare = generalTail.exec(form)?.[1];
  if (bare === undefined || taken.has(bare) || known.has(bare)) return undefined;
  const isOther = [...(lexicon.words.get(bare) ?? [])].some((kind) => kind !== 'place');
  return isOther || (tagged.has(bare) && tagged.get(bare)!.type !== 'placeName') ? undefined : bare;
}
