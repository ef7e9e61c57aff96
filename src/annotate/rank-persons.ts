import { fold } from '../core/fold.ts';
import type { LexiconPerson } from '../lexicon/lexicon.ts';

/** What a text says of the world it speaks of. */
export interface TextWorld {
  /** First and last year of its dates, proleptic Gregorian; absent where it has none. */
  readonly years?: readonly [number, number];
  /** How often it names each state, by the keys of the lexicon of persons. */
  readonly states: ReadonlyMap<string, number>;
}

/** Names by which a text shows that it speaks of a state. */
const stateNames: Readonly<Record<string, readonly string[]>> = {
  song: ['宋'],
  xia: ['夏國', '西夏', '夏主', '夏人', '夏州', '宋夏'],
  tangut: ['夏州', '党項'],
  liao: ['遼', '契丹'],
  jin: ['金人', '金主', '金國', '大金', '女真', '金帥', '金兵'],
  mongol: ['蒙古', '韃靼', '元兵'],
  tibet: ['吐蕃', '青唐', '西蕃', '六谷'],
  uighur: ['回鶻', '回紇'],
  khotan: ['于闐'],
  goryeo: ['高麗'],
  dali: ['大理', '南詔'],
  jiaozhi: ['交趾', '交州'],
};

/** Counts the states of a folded text. `years` are those of its dates. */
export function worldOf(text: string, years: readonly number[]): TextWorld {
  const states = new Map<string, number>();
  for (const [state, names] of Object.entries(stateNames)) {
    states.set(
      state,
      names.reduce((sum, name) => sum + countOf(text, fold(name)), 0),
    );
  }
  const sorted = [...years].sort((a, b) => a - b);
  // A tenth at either end may speak of other times.
  const first = sorted[Math.floor(sorted.length / 10)];
  const last = sorted[Math.ceil((sorted.length * 9) / 10) - 1] ?? sorted.at(-1);
  return { states, ...(first === undefined || last === undefined ? {} : { years: [first, last] }) };
}

function countOf(text: string, name: string): number {
  let count = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) count++;
  return count;
}

/** Years in which a person may be spoken of as living, by what the lexicon says of life or floruit. */
function livingYears({ years }: LexiconPerson): readonly [number, number] | undefined {
  const found = (years.match(/\d{3,4}/gu) ?? []).map(Number);
  const [first, last = first] = found;
  if (first === undefined || last === undefined) return undefined;
  if (years.startsWith('fl.')) return [first - 30, last + 30];
  if (years.startsWith('d.')) return [first - 60, first + 15];
  return years.startsWith('b.') ? [first + 10, first + 80] : [first + 10, last + 15];
}

/**
 * How well a person fits a text: its time (known and right, unknown, wrong) counts more than its state. Two persons of one
 * name are ranked by it.
 */
export function fitOf(person: LexiconPerson, world: TextWorld): number {
  const living = livingYears(person);
  const time = !living || !world.years ? 0 : living[0] <= world.years[1] && living[1] >= world.years[0] ? 2 : -3;
  const named = world.states.get(person.state) ?? 0;
  const most = Math.max(1, ...world.states.values());
  return time + (named > 0 ? 0.5 + named / (2 * most) : 0);
}

/** The persons with the chance of each, who best fits the text first; of equal ones, in the order of the lexicon. */
export function ranked(
  persons: readonly LexiconPerson[],
  world: TextWorld,
): readonly { readonly person: LexiconPerson; readonly degree: number }[] {
  const weighed = persons.map((person) => ({ person, weight: Math.exp(fitOf(person, world)) }));
  const all = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return weighed
    .map(({ person, weight }) => ({ person, degree: Math.round((100 * weight) / all) / 100 }))
    .sort((a, b) => b.degree - a.degree);
}
