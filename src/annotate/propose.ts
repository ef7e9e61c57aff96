import type { Authority, Org, OtherName } from '../authority/authority.ts';
import { fold, foldPattern } from '../core/fold.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { BiblAnnotation, DateAnnotation, NameType } from './annotation.ts';
import type { Findings } from './findings.ts';
import { type MoreNames, makeGazetteer, type NamedEntities } from './gazetteer.ts';
import { proposeOrgs, shortStates } from './propose-orgs.ts';
import { proposePersons } from './propose-persons.ts';
import { proposePlaces } from './propose-places.ts';
import { worldOf } from './rank-persons.ts';
import { type TaggedForm, tagForms } from './tagged-names.ts';
import type { TaggerModel } from './tagger.ts';

/** What proposing needs: lexicons and model as shipped. */
export interface ProposeOptions {
  readonly lexicon: Lexicon;
  readonly model: TaggerModel;
  /** Taken from the score of “no name”: more names at the cost of precision. */
  readonly bias?: number;
}

/** Entities for review, and phrases in which a name that the editor's own files limit was found too. */
export interface Proposals extends NamedEntities {
  readonly more: readonly MoreNames[];
}

/** Words that no name holds; a ruler's title behind a state (宋帝) is no name either. */
const noName = foldPattern(
  /^[一二三四五六七八九十百千萬兩]+$|^[皇太]{0,2}后$|可汗$|^(?:天子|單于|公主|西?[蕃番])$|[之其者以為於而與不也曰乃則即皆遂既所爾勿何是此諸]|^.[帝主上師軍人兵賊境土地水]$|^[東西南北][東西南北]$/u,
);

/**
 * Proposes entities of a text nobody has made authority files for: the tagger finds names, what it makes of a form over
 * the whole text decides type and use, and the lexicons add what they know. The result has the form of authority files,
 * so that the same rules mark every mention, and an editor can take it over. Their ids (`auto-1` …) are
 * provisional: `joinProposals` gives those that stay.
 */
export function propose(
  source: SourceDocument,
  taken: readonly (BiblAnnotation | DateAnnotation)[],
  known: Authority,
  { lexicon, model, bias = 0 }: ProposeOptions,
): Proposals {
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
    world: worldOf(text, yearsOf(taken)),
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
  const shorts = shortStates(findings, [...persons, ...places, ...known.persons, ...known.places]);
  const ofEditor = new Map(
    known.orgs.flatMap((org) => [org.name, ...(org.names ?? []).map((one) => one.text)].map((one) => [fold(one), org])),
  );
  const editorOf = (full: string, short: OtherName): Org | undefined =>
    ofEditor.get(fold(short.text)) ?? ofEditor.get(fold(full));
  const orgs = proposeOrgs(
    ofType('orgName'),
    new Map([...shorts].filter(([full, short]) => !editorOf(full, short))),
    findings,
  );
  const more = [...shorts].flatMap(([full, short]) => withOwnLimits(short, editorOf(full, short)));
  return { persons, places, orgs, more };
}

/** The phrases of a state that the editor knows; what the editor rules out stays out, and what counts everywhere needs none. */
function withOwnLimits(short: OtherName, org: Org | undefined): MoreNames[] {
  if (!org) return [];
  const own = (org.names ?? []).find(({ text }) => fold(text) === fold(short.text));
  const isEverywhere = own ? !own.in : fold(org.name) === fold(short.text);
  if (isEverywhere) return [];
  const notIn = [...(own?.notIn ?? []), ...(short.notIn ?? [])];
  return [{ type: 'orgName', ref: org.id, name: { ...short, ...(notIn.length > 0 ? { notIn } : {}) } }];
}

/** The years of the dates that are resolved to days, proleptic Gregorian. */
function yearsOf(taken: readonly (BiblAnnotation | DateAnnotation)[]): number[] {
  return taken.flatMap((one) =>
    one.type === 'date' && one.resolved && !one.resolved.vague ? [Number.parseInt(one.resolved.from, 10)] : [],
  );
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
  const state = [...states.keys()].find((name) => form.startsWith(name));
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
