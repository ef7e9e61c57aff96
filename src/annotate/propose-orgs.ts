import type { Org, OtherName } from '../authority/authority.ts';
import { fold, foldPattern } from '../core/fold.ts';
import type { Findings } from './findings.ts';
import { isMostlyName, phrasesAround, type TaggedForm } from './tagged-names.ts';

/** What stands behind a tribe and is no part of its name: 六谷部族. */
const generalEnd = foldPattern(/^(.{2,})(?:部族|部落|族帳|諸族|蕃部)$/u);

/**
 * States, peoples and tribes: those of the lexicon that the text has, and those that the tagger found. `shorts` are the
 * states that go by one character, by their full names.
 */
export function proposeOrgs(
  forms: readonly TaggedForm[],
  shorts: ReadonlyMap<string, OtherName>,
  findings: Findings,
): Org[] {
  const { lexicon, known, present, tagged, spell, id, text } = findings;
  const listed = lexicon.peoples.flatMap(({ name, kind, aliases }) => {
    const here = [name, ...aliases]
      .map(fold)
      .filter((one) => [...one].length > 1 && present.has(one) && !known.has(one));
    const short = shorts.get(name);
    return here.length > 0 || short ? [{ name, kind, here, short }] : [];
  });
  const have = new Set(listed.flatMap(({ here, name }) => [...here, fold(name)]));
  const own = [...forms.map(({ form }) => form), ...listMembers(findings)]
    .map((form) => generalEnd.exec(form)?.[1] ?? form)
    .filter((form) => [...form].length > 1 && !have.has(form) && !known.has(form));
  return [
    ...listed.map(({ name, kind, here, short }) => {
      const names: OtherName[] = [
        ...here.filter((one) => one !== fold(name)).map((one) => ({ text: spell(one), type: 'variant' })),
        ...(short ? [short] : []),
      ];
      return { id: id(), name, kind, ...(names.length > 0 ? { names } : {}) };
    }),
    ...[...new Set(own)].map((form) => {
      const found = tagged.get(form);
      const isLimited = found?.type === 'orgName' && !isMostlyName(found);
      return {
        id: id(),
        name: spell(form),
        kind: form.endsWith('族') ? 'tribe' : 'people',
        ...(isLimited ? { names: [{ text: spell(form), type: 'full', in: phrasesAround(text, found) }] } : {}),
      };
    }),
  ];
}

const tribeList = foldPattern(
  /(?<=^|[，。；：「（\n)，襲破降詔命使遣與及])((?:\p{Script=Han}{2,4}、)+)(\p{Script=Han}{2,4}?)(?:等|[二三四五六七八九十]+)族/gu,
);

/** 牛羊 of 牛羊、蘇家二族: members of a list of tribes of which the tagger, or the lexicon, knows one. */
function listMembers({ text, tagged, lexicon }: Findings): string[] {
  return [...text.matchAll(tribeList)].flatMap(([, first = '', last = '']) => {
    const members = [...first.split('、').slice(0, -1), last];
    const isTribe = (form: string): boolean =>
      tagged.get(form)?.type === 'orgName' || lexicon.words.get(form)?.has('people') === true;
    const isOther = (form: string): boolean => tagged.has(form) && !isTribe(form);
    return members.some(isTribe) ? members.filter((form) => !isOther(form)) : [];
  });
}

/**
 * States of one character by their full names, only where a word beside them says so: 宋人, 侵宋, an office, a place or a
 * person behind them (宋指揮使, 宋麟州, 宋張崇貴), another state beside them (宋、夏), or where the tagger took them for a state.
 * `named` are the persons and places of the text.
 */
export function shortStates(findings: Findings, named: readonly { readonly name: string }[]): Map<string, OtherName> {
  const { text, lexicon, tagged, spell } = findings;
  const names = new Set(named.map(({ name }) => fold(name)));
  const longest = Math.max(2, ...[...names].map((name) => name.length));
  const found = new Map<string, OtherName>();
  const beside = statesBeside(findings);
  for (const [short, full] of [...lexicon.states, ...lexicon.listedStates]) {
    if (!text.includes(short)) continue;
    const phrases = new Set(beside.get(short));
    if (lexicon.states.has(short)) {
      for (const word of lexicon.stateBefore) phrases.add(short + word);
      for (const word of lexicon.stateAfter) phrases.add(word + short);
      for (let at = text.indexOf(short); at >= 0; at = text.indexOf(short, at + 1)) {
        addFollowing(phrases, short, at, findings, names, longest);
      }
    } else if (phrases.size === 0) continue;
    const form = tagged.get(short);
    if (form?.type === 'orgName') for (const phrase of phrasesAround(text, form)) phrases.add(phrase);
    const notIn = lexicon.never.filter((phrase) => phrase.includes(short));
    found.set(full, {
      text: spell(short),
      type: 'short',
      in: [...phrases],
      ...(notIn.length > 0 ? { notIn } : {}),
    });
  }
  return found;
}

/** The state with the office, place or name that stands right behind it. */
function addFollowing(
  phrases: Set<string>,
  short: string,
  at: number,
  { text, lexicon: { wordIndex } }: Findings,
  names: ReadonlySet<string>,
  longest: number,
): void {
  const start = at + short.length;
  wordIndex.trie.matches(text, start, text.length, (word) => {
    const classes = wordIndex.classesOf[word]!;
    if (classes.includes('office') || classes.includes('place')) phrases.add(short + wordIndex.texts[word]!);
  });
  for (let length = 2; length <= longest; length++) {
    const word = text.slice(start, start + length);
    if (names.has(word)) phrases.add(short + word);
  }
}

/**
 * Phrases in which a state of one character stands beside another state in a list: 宋、夏, 後唐、晉、漢. Those that are states
 * in lists only need a longer name or two others in the list.
 */
function statesBeside({ text, lexicon: { states, listedStates, words } }: Findings): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const isOne = (member: string): boolean => states.has(member) || listedStates.has(member);
  for (const [list] of text.matchAll(/\p{Script=Han}{1,3}(?:、\p{Script=Han}{1,3})+/gu)) {
    const members = list.split('、');
    // The first and the last member of a list run into the sentence: their ends count.
    const ends = members.map((member, at) =>
      at === 0
        ? longestEnd(member, isOne, words)
        : at === members.length - 1
          ? longestStart(member, isOne, words)
          : member,
    );
    const named = ends.map((member) => isOne(member) || (words.get(member)?.has('people') ?? false));
    ends.forEach((member, at) => {
      if (!isOne(member)) return;
      const other = [at - 1, at + 1].find((one) => named[one]);
      if (other === undefined) return;
      const isSure =
        states.has(member) ||
        named.filter(Boolean).length > 2 ||
        ends.some((one, index) => named[index] && one.length > 1);
      if (!isSure) return;
      const phrase = other < at ? `${ends[other]}、${member}` : `${member}、${ends[other]}`;
      found.set(member, (found.get(member) ?? new Set()).add(phrase));
    });
  }
  return found;
}

type Words = Findings['lexicon']['words'];

/** The longest people at the end of the words, or a state of one character there; the words themselves where there is none. */
function longestEnd(member: string, isOne: (one: string) => boolean, words: Words): string {
  for (let at = 0; at < member.length; at++) {
    const end = member.slice(at);
    if (words.get(end)?.has('people') || isOne(end)) return end;
  }
  return member;
}

function longestStart(member: string, isOne: (one: string) => boolean, words: Words): string {
  for (let length = member.length; length > 0; length--) {
    const start = member.slice(0, length);
    if (words.get(start)?.has('people') || isOne(start)) return start;
  }
  return member;
}
