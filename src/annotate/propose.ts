import type { Authority, Org, OtherName, Place } from '../authority/authority.ts';
import { fold, foldPattern } from '../core/fold.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { BiblAnnotation, DateAnnotation, NameType } from './annotation.ts';
import { makeGazetteer } from './gazetteer.ts';
import { type Findings, proposePersons } from './propose-persons.ts';
import { isMostlyName, phrasesAround, type TaggedForm, tagForms } from './tagged-names.ts';
import type { TaggerModel } from './tagger.ts';

/** What proposing needs: lexicons and model as shipped. */
export interface ProposeOptions {
  readonly lexicon: Lexicon;
  readonly model: TaggerModel;
  /** Taken from the score of “no name”: more names at the cost of precision. */
  readonly bias?: number;
}

/** Words that no name holds; a ruler's title behind a state (宋帝) is no name either. */
const noName = foldPattern(
  /^[皇太]{0,2}后$|可汗$|^(?:天子|單于|公主)$|[之其者以為於而與不也曰乃則即皆遂既所爾勿何是此諸]|^.[帝主上師軍人兵賊境土地水]$|^[東西南北][東西南北]$/u,
);

/**
 * Proposes entities of a text nobody has made authority files for: the tagger finds names, what it makes of a form over
 * the whole text decides type and use, and the lexicons add what they know. The result has the form of authority files,
 * so that the same rules mark every mention, and an editor can take it over. Ids are `auto-1`, `auto-2` … in order.
 */
export function propose(
  source: SourceDocument,
  taken: readonly (BiblAnnotation | DateAnnotation)[],
  known: Authority,
  { lexicon, model, bias = 0 }: ProposeOptions,
): Pick<Authority, 'persons' | 'places' | 'orgs'> {
  const text = source.folded;
  const units = taken.map(({ start, end, type }) => ({
    start: source.text.toUnit(start),
    end: source.text.toUnit(end),
    kind: type,
  }));
  const tagged = tagForms(text, units, lexicon, model, bias);
  const forms = knownForms(known);
  const findings: Findings = {
    text,
    taken: units,
    lexicon,
    tagged,
    present: wordsIn(text, lexicon),
    known: forms,
    spell: speller(source, tagged),
    id: idMaker(known),
  };
  const chosen = [...tagged.values()].filter(
    ({ form }) =>
      !forms.has(form) &&
      !noName.test(form) &&
      !lexicon.words.get(form)?.has('not-place') &&
      !hasState(form, findings) &&
      !holdsKnown(form, findings),
  );
  const ofType = (kind: NameType): TaggedForm[] => chosen.filter(({ type }) => type === kind);
  const persons = proposePersons(ofType('persName'), findings);
  const taken_ = new Set(
    persons.flatMap(({ name, names }) => [fold(name), ...(names ?? []).map((one) => fold(one.text))]),
  );
  const places = proposePlaces(ofType('placeName'), taken_, findings);
  const orgs = [...proposeOrgs(ofType('orgName'), findings), ...proposeStates(findings, [...persons, ...places])];
  return { persons, places, orgs };
}

function idMaker(known: Authority): () => string {
  const used = new Set([...known.persons, ...known.places, ...known.orgs].map((one) => one.id));
  let next = 0;
  return () => {
    do next++;
    while (used.has(`auto-${next}`));
    return `auto-${next}`;
  };
}

function speller(source: SourceDocument, tagged: ReadonlyMap<string, TaggedForm>): (form: string) => string {
  return (form) => {
    const at = tagged.get(form)?.places[0] ?? source.folded.indexOf(form);
    return at < 0 ? form : source.text.text.slice(at, at + form.length);
  };
}

/** Every form by which the editor's entities are known, given names and names of tribes without 族 included. Folded. */
function knownForms(known: Authority): Set<string> {
  return new Set(makeGazetteer(known).forms.flatMap((forms) => forms.map(({ text }) => text)));
}

/** What the editor knows stands: a proposal around a known name (李璠遇, 都西平) is refused, unless it is a place called after it. */
function holdsKnown(form: string, { known, lexicon: { tails } }: Findings): boolean {
  const characters = [...form];
  for (let start = 0; start < characters.length; start++) {
    for (let end = start + 2; end <= characters.length; end++) {
      const isPlaceAfter = start === 0 && end === characters.length - 1 && tails.has(characters[end]!);
      if (!isPlaceAfter && end - start < characters.length && known.has(characters.slice(start, end).join('')))
        return true;
    }
  }
  return false;
}

/** 宋麟州 is a state and a place of its own. */
function hasState(form: string, { tagged, lexicon: { states, words } }: Findings): boolean {
  const state = states.find((name) => form.startsWith(name));
  const rest = state === undefined ? '' : form.slice(state.length);
  return (
    [...rest].length > 1 &&
    !words.get(form)?.has('person') &&
    (tagged.has(rest) || words.get(rest)?.has('place') === true)
  );
}

/** The words of the lexicons that occur in a text. */
function wordsIn(text: string, { wordIndex: { trie, texts } }: Lexicon): Set<string> {
  const found = new Uint8Array(texts.length);
  for (let at = 0; at < text.length; at++) {
    trie.matches(text, at, text.length, (word) => {
      found[word] = 1;
    });
  }
  return new Set(texts.filter((_, word) => found[word] === 1));
}

/** What goes before a place: the beginning of a clause, a movement, a battle, an office, another place. */
const beforePlace =
  '(?<=^|[，。、；：「『（）\\s於至入攻圍陷城築過自由抵次屯出寇犯襲據取破及與越逾經知復守駐渡保焚援趨州軍府縣路])';
const insideName =
  '[^\\p{P}\\s之其此諸各數等皆以為於而與及有無不是州軍府縣路兩本他大小官敗援禁攻圍陷侵宋遼金至往赴知徇破進復城築掠升擇謀從由自若則故令再渡入出過次屯據取寇犯襲抵守駐保焚趨棄命使遣上下]';

/** Tails that end few other words. Prefectures and counties are known by name, or the tagger knows them. */
const distinctTails = ['寨', '砦', '堡', '關', '嶺', '峽', '峰', '鎮', '(?<!山)川', '泉'].map(fold);
const tailedPlace = new RegExp(
  fold(`${beforePlace}${insideName}{1,3}?(?:${distinctTails.join('|')})(?![使主帥將者兵士馬民])`),
  'gu',
);

/** Places by the way they end, where the words before allow a place: 制勝關, 洪德寨, 柳撥川. */
function tailed({ text, taken, lexicon }: Findings): string[] {
  let next = 0;
  return [...text.matchAll(tailedPlace)].flatMap((match) => {
    while (taken[next] && taken[next]!.end <= match.index) next++;
    const isTaken = taken[next] !== undefined && taken[next]!.start < match.index + match[0].length;
    return isTaken || lexicon.words.get(match[0])?.has('not-place') ? [] : [match[0]];
  });
}

/** Places that the tagger found, those of the lexicon that the text has, and those that end like one. */
function proposePlaces(forms: readonly TaggedForm[], persons: ReadonlySet<string>, findings: Findings): Place[] {
  const { lexicon, known, present, tagged, spell, id, text } = findings;
  const shorts = new Map(forms.filter(({ form }) => [...form].length === 1).map((one) => [one.form, one]));
  const joined = joinedCharacters(text);
  const inChain = (name: string): boolean =>
    /^.州$/u.test(name) && (joined.has(name.slice(0, -1)) || shorts.has(name.slice(0, -1)));
  const isListed = (name: string): boolean => {
    if ([...name].length < 2 || known.has(name) || persons.has(name)) return false;
    if (tagged.has(name) && tagged.get(name)!.type !== 'placeName') return false;
    return present.has(name) || inChain(name);
  };
  const listed = lexicon.places.flatMap(({ name, aliases }) => [name, ...aliases].map(fold).filter(isListed));
  const kinds = new Map(lexicon.places.map(({ name, kind }) => [fold(name), kind]));
  const names = [
    ...forms.filter(({ form }) => [...form].length > 1).map(({ form }) => form),
    ...listed,
    ...tailed(findings).filter((name) => !known.has(name)),
  ];
  const all = new Set(names);
  return [...all].map((form) => {
    const found = tagged.get(form);
    const bare = bareName(form, all, persons, findings);
    const short = /^.州$/u.test(form) ? shorts.get(form.slice(0, -1)) : undefined;
    const others: OtherName[] = [
      ...(found && !isMostlyName(found) ? [{ text: spell(form), type: 'name', in: phrasesAround(text, found) }] : []),
      ...(short ? [{ text: short.form, type: 'short', in: phrasesAround(text, short) }] : []),
      ...(bare ? [{ text: bare, type: 'short' }] : []),
    ];
    return {
      id: id(),
      name: spell(form),
      kind: kinds.get(form) ?? lexicon.tails.get([...form].at(-1)!) ?? 'other',
      ...(others.length > 0 ? { names: others } : {}),
    };
  });
}

/** Characters with 、 on one side at least: the short name of a prefecture stands in a list (麟、府). */
function joinedCharacters(text: string): Set<string> {
  const joined = new Set<string>();
  for (let at = text.indexOf('、'); at >= 0; at = text.indexOf('、', at + 1))
    joined.add(text[at - 1]!).add(text[at + 1]!);
  return joined;
}

const generalTail = foldPattern(/^(.{2,})[軍州府縣寨砦堡城關鎮]$/u);

/** 清遠 of 清遠軍, unless it is another word, another name, or the tagger takes it for something else. */
function bareName(
  form: string,
  places: ReadonlySet<string>,
  persons: ReadonlySet<string>,
  { lexicon, tagged, known }: Findings,
): string | undefined {
  const bare = generalTail.exec(form)?.[1];
  if (bare === undefined || places.has(bare) || persons.has(bare) || known.has(bare)) return undefined;
  const isOther = [...(lexicon.words.get(bare) ?? [])].some((kind) => kind !== 'place');
  return isOther || (tagged.has(bare) && tagged.get(bare)!.type !== 'placeName') ? undefined : bare;
}

/** Peoples and tribes of the lexicon that the text has, and those that the tagger found. */
function proposeOrgs(
  forms: readonly TaggedForm[],
  { lexicon, known, present, tagged, spell, id, text }: Findings,
): Org[] {
  const kinds = new Map(lexicon.peoples.map(({ name, kind }) => [fold(name), kind]));
  const listed = [...kinds.keys()].filter((name) => [...name].length > 1 && present.has(name) && !known.has(name));
  const names = [...listed, ...forms.filter(({ form }) => [...form].length > 1).map(({ form }) => form)];
  return [...new Set(names)].map((form) => {
    const found = tagged.get(form);
    const isLimited = found?.type === 'orgName' && !isMostlyName(found) && !kinds.has(form);
    return {
      id: id(),
      name: spell(form),
      kind: kinds.get(form) ?? (form.endsWith('族') ? 'tribe' : 'people'),
      ...(isLimited ? { names: [{ text: spell(form), type: 'name', in: phrasesAround(text, found) }] } : {}),
    };
  });
}

/**
 * States of one character, only where a word beside them says so: 宋人, 侵宋, an office, a place or a person behind
 * them (宋指揮使, 宋麟州, 宋張崇貴), or where the tagger took them for a state.
 */
function proposeStates(findings: Findings, named: readonly { readonly name: string }[]): Org[] {
  const { text, lexicon, known, tagged, spell, id } = findings;
  const { states, stateBefore, stateAfter, never, wordIndex } = lexicon;
  const names = new Set(named.map(({ name }) => fold(name)));
  const longest = Math.max(2, ...[...names].map((name) => name.length));
  return states
    .filter((name) => !known.has(name) && text.includes(name))
    .map((name) => {
      const phrases = new Set([...stateBefore.map((word) => name + word), ...stateAfter.map((word) => word + name)]);
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
        wordIndex.trie.matches(text, at + name.length, text.length, (word) => {
          const follows = wordIndex.classesOf[word]!;
          if (follows.includes('office') || follows.includes('place')) phrases.add(name + wordIndex.texts[word]!);
        });
        for (let length = 2; length <= longest; length++) {
          const word = text.slice(at + name.length, at + name.length + length);
          if (names.has(word)) phrases.add(name + word);
        }
      }
      const found = tagged.get(name);
      if (found?.type === 'orgName') for (const phrase of phrasesAround(text, found)) phrases.add(phrase);
      const notIn = never.filter((phrase) => phrase.includes(name));
      const own: OtherName = {
        text: spell(name),
        type: 'short',
        in: [...phrases],
        ...(notIn.length > 0 ? { notIn } : {}),
      };
      return { id: id(), name: spell(name), kind: 'state', names: [own] };
    });
}
