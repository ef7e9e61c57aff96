import type { Authority, Org, OtherName, Person, Place } from '../authority/authority.ts';
import { type Span, spanAt } from '../core/span.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { makeGazetteer } from './gazetteer.ts';
import { decode, featuresOf, spansOf, type TaggerModel } from './tagger.ts';

/** What proposing needs: lexicons and model as shipped. */
export interface ProposeOptions {
  readonly lexicon: Lexicon;
  readonly model: TaggerModel;
  /** Taken from the score of “no name”: more names at the cost of precision. */
  readonly bias?: number;
}

/** How often a form was found as each type. */
type Votes = Map<string, Map<NameKind, number>>;
type NameKind = 'persName' | 'placeName' | 'orgName';

/** Words that no name holds; a ruler's title behind a state (宋帝) is no name either. */
const noName =
  /[之其者以為於而與不也曰乃則即皆遂既所爾勿何是此諸]|^.[帝主上師軍人兵賊境土地水]$|^[東西南北][東西南北]$/u;

const separators = /[\p{P}\p{S}\s]/u;

/**
 * Proposes entities of a text nobody has made authority files for: the tagger finds names, its votes over the whole
 * text decide their types, and the lexicons add what they know. The result has the form of authority files, so that
 * the same rules mark every mention, and an editor can take it over. Ids are `auto-1`, `auto-2` … in order of the text.
 */
export function propose(
  source: SourceDocument,
  taken: readonly Span[],
  known: Authority,
  { lexicon, model, bias = 0 }: ProposeOptions,
): Pick<Authority, 'persons' | 'places' | 'orgs'> {
  const votes = tagText(source, taken, lexicon, model, bias);
  const text = source.text.text;
  const forms = knownForms(known);
  const chosen = [...votes]
    .filter(([form]) => !forms.has(form) && [...form].length > 1)
    .map(([form, types]) => [form, winner(types)] as const);
  const ofType = (kind: NameKind): string[] =>
    chosen
      .filter(([form, type]) => type === kind && !noName.test(form) && !lexicon.words.get(form)?.has('not-place'))
      .map(([form]) => form)
      .filter((form) => !hasState(form, votes, lexicon) && !holdsKnown(form, forms, lexicon));
  const used = new Set([...known.persons, ...known.places, ...known.orgs].map((one) => one.id));
  let next = 0;
  const id = (): string => {
    do next++;
    while (used.has(`auto-${next}`));
    return `auto-${next}`;
  };
  const persons = proposePersons(
    withSurnames(withoutVerbs(ofType('persName'), votes, lexicon), text, lexicon),
    lexicon,
    id,
  );
  const present = wordsIn(text, lexicon);
  const joined = new Set(
    [...text.matchAll(/(\p{Script=Han})(?=、)|(?<=、)(\p{Script=Han})/gu)].map((match) => match[0]),
  );
  const listed = lexicon.places.filter(
    ({ name }) => [...name].length > 1 && (present.has(name) || inChain(name, joined)) && !forms.has(name),
  );
  const places = proposePlaces(
    [...ofType('placeName'), ...listed.map(({ name }) => name), ...tailed(text, taken, source, lexicon)],
    lexicon,
    id,
  );
  const peoples = lexicon.peoples.filter(({ name }) => [...name].length > 1 && present.has(name) && !forms.has(name));
  const orgs = [
    ...proposeOrgs([...peoples.map(({ name }) => name), ...ofType('orgName')], lexicon, id),
    ...proposeStates(text, lexicon, forms, [...persons, ...places], id),
  ];
  return { persons, places, orgs };
}

/** Runs the tagger over every stretch between citations, dates and ends of sentences; a name never crosses punctuation. */
function tagText(
  source: SourceDocument,
  taken: readonly Span[],
  lexicon: Lexicon,
  model: TaggerModel,
  bias: number,
): Votes {
  const votes: Votes = new Map();
  let sentence: { character: string; joined: boolean }[] = [];
  const flush = (): void => {
    if (sentence.length > 0) vote(sentence, votes, lexicon, model, bias);
    sentence = [];
  };
  let offset = 0;
  let joined = false;
  for (const character of source.text.text) {
    const isTaken = spanAt(taken, offset) >= 0;
    if (isTaken || /[。？！\n（），；：「」]/u.test(character)) flush();
    else if (!separators.test(character)) sentence.push({ character, joined });
    joined = !isTaken && !separators.test(character);
    offset++;
  }
  flush();
  return votes;
}

function vote(
  sentence: readonly { character: string; joined: boolean }[],
  votes: Votes,
  lexicon: Lexicon,
  model: TaggerModel,
  bias: number,
): void {
  const characters = sentence.map(({ character }) => character);
  for (const { start, end, type } of spansOf(decode(featuresOf(characters, lexicon, model.slots), model, bias))) {
    if (sentence.slice(start + 1, end).some((one) => !one.joined)) continue;
    const form = characters.slice(start, end).join('');
    const types = votes.get(form) ?? new Map<NameKind, number>();
    types.set(type, (types.get(type) ?? 0) + 1);
    votes.set(form, types);
  }
}

/** What goes before a place: the beginning of a clause, a movement, a battle, an office, another place. */
const beforePlace =
  '(?<=^|[，。、；：「『（）\\s於至入攻圍陷城築過自由抵次屯出寇犯襲據取破及與越逾經知復守駐渡保焚援趨州軍府縣路])';
const insideName =
  '[^\\p{P}\\s之其此諸各數等皆以為於而與及有無不是州軍府縣路兩本他大小官敗援禁攻圍陷侵宋遼金至往赴知徇破進復城築掠升擇謀從由自若則故令再渡入出過次屯據取寇犯襲抵守駐保焚趨棄命使遣上下]';

/** Tails that end few other words. Prefectures and counties are known by name, or the tagger knows them. */
const distinctTails = new Set(['寨', '砦', '堡', '關', '嶺', '峽', '峰', '鎮', '川', '泉']);

/** Places by the way they end, where the words before allow a place: 制勝關, 洪德寨, 柳撥川. */
function tailed(text: string, taken: readonly Span[], source: SourceDocument, lexicon: Lexicon): string[] {
  const tails = [...lexicon.tails.keys()].filter((tail) => distinctTails.has(tail)).join('|');
  const pattern = new RegExp(`${beforePlace}${insideName}{1,3}?(?:${tails})(?![使主帥將者兵士馬民])`, 'gu');
  return [...text.matchAll(pattern)].flatMap((match) => {
    const offset = source.text.toOffset(match.index);
    const isTaken = spanAt(taken, offset) >= 0;
    return isTaken || lexicon.words.get(match[0])?.has('not-place') ? [] : [match[0]];
  });
}

function winner(types: ReadonlyMap<NameKind, number>): NameKind {
  return [...types].sort((a, b) => b[1] - a[1])[0]![0];
}

/** Every form by which the editor's entities are known, given names and names of tribes without 族 included. */
function knownForms(known: Authority): Set<string> {
  return new Set([...makeGazetteer(known).values()].flat().map(({ text }) => text));
}

function surnameOf(name: string, { surnames }: Lexicon): string | undefined {
  const characters = [...name];
  const long = characters.slice(0, 2).join('');
  if (surnames.long.has(long) && characters.length > 2) return long;
  return surnames.single.has(characters[0]!) && characters.length <= 3 ? characters[0] : undefined;
}

/** A name that goes on with a verb (李璠遇) is the shorter name, where that is found at least as often. */
function withoutVerbs(forms: readonly string[], votes: Votes, { verbs }: Lexicon): string[] {
  const times = (form: string): number => [...(votes.get(form)?.values() ?? [])].reduce((sum, one) => sum + one, 0);
  return forms.filter((form) => {
    const shorter = [...form].slice(0, -1).join('');
    const last = [...form].at(-1)!;
    return [...form].length < 3 || !verbs.has(last) || !votes.has(shorter) || times(form) > times(shorter);
  });
}

/** A given name that the text has behind a surname too (葛懷敏 … 懷敏) is known by its full name. */
function withSurnames(forms: readonly string[], text: string, lexicon: Lexicon): string[] {
  const { single, rare } = lexicon.surnames;
  const isSurname = (character: string): boolean => single.has(character) && !rare.has(character);
  const full = forms.map((form) => {
    if ([...form].length !== 2 || isSurname([...form][0]!)) return form;
    const before = [...text.matchAll(new RegExp(`\\p{Script=Han}(?=${form})`, 'gu'))].map(([character]) => character);
    const surname = before.find(isSurname);
    return surname === undefined ? form : surname + form;
  });
  return [...new Set(full)];
}

/** What the editor knows stands: a proposal around a known name (李璠遇, 都西平) is refused, unless it is a place called after it. */
function holdsKnown(form: string, known: ReadonlySet<string>, { tails }: Lexicon): boolean {
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
function hasState(form: string, votes: Votes, { states, words }: Lexicon): boolean {
  const state = states.find((name) => form.startsWith(name));
  const rest = state === undefined ? '' : form.slice(state.length);
  return [...rest].length > 1 && (votes.has(rest) || words.get(rest)?.has('place') === true);
}

/** 麟、府: the short name of a prefecture stands in a list. */
const inChain = (name: string, joined: ReadonlySet<string>): boolean =>
  /^.州$/u.test(name) && joined.has(name.slice(0, -1));

/** The words of the lexicons that occur in a text. */
function wordsIn(text: string, { wordsByFirst }: Lexicon): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    for (const { text: word } of wordsByFirst.get(text[at]!) ?? []) if (text.startsWith(word, at)) found.add(word);
  }
  return found;
}

/** Full names bring their given names with them; a form that is the given name of one of them is no person of its own. */
function proposePersons(forms: readonly string[], lexicon: Lexicon, id: () => string): Person[] {
  const full = forms.filter((form) => surnameOf(form, lexicon) !== undefined);
  const given = new Set(full.map((form) => form.slice(surnameOf(form, lexicon)!.length)));
  return forms
    .filter((form) => !given.has(form))
    .map((name) => {
      const surname = surnameOf(name, lexicon);
      return { id: id(), name, ...(surname === undefined ? {} : { surname }) };
    });
}

function proposePlaces(forms: readonly string[], lexicon: Lexicon, id: () => string): Place[] {
  const kinds = new Map(lexicon.places.map(({ name, kind }) => [name, kind]));
  return [...new Set(forms)].map((name) => ({
    id: id(),
    name,
    kind: kinds.get(name) ?? lexicon.tails.get([...name].at(-1)!) ?? 'other',
  }));
}

function proposeOrgs(forms: readonly string[], lexicon: Lexicon, id: () => string): Org[] {
  const kinds = new Map(lexicon.peoples.map(({ name, kind }) => [name, kind]));
  return [...new Set(forms)].map((name) => ({
    id: id(),
    name,
    kind: kinds.get(name) ?? (name.endsWith('族') ? 'tribe' : 'people'),
  }));
}

/**
 * States of one character, only where a word beside them says so: 宋人, 侵宋, or an office, a place or a person behind
 * them (宋指揮使, 宋麟州, 宋張崇貴).
 */
function proposeStates(
  text: string,
  { states, stateBefore, stateAfter, never, words, longest }: Lexicon,
  forms: ReadonlySet<string>,
  named: readonly { readonly name: string }[],
  id: () => string,
): Org[] {
  const names = new Set(named.map(({ name }) => name));
  const follows = (word: string): boolean =>
    names.has(word) || words.get(word)?.has('office') || words.get(word)?.has('place') || false;
  return states
    .filter((name) => !forms.has(name) && text.includes(name))
    .map((name) => {
      const phrases = new Set([...stateBefore.map((word) => name + word), ...stateAfter.map((word) => word + name)]);
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
        for (let length = 2; length <= longest; length++) {
          const word = text.slice(at + name.length, at + name.length + length);
          if (follows(word)) phrases.add(name + word);
        }
      }
      const notIn = never.filter((phrase) => phrase.includes(name));
      const own: OtherName = { text: name, type: 'short', in: [...phrases], ...(notIn.length > 0 ? { notIn } : {}) };
      return { id: id(), name, kind: 'state', names: [own] };
    });
}
