import { type CivilDate, formatCivil, parseCivil } from '../calendar/civil-date.ts';
import { civilInterval, eraOf } from '../calendar/convert.ts';
import { allEras, eraNamed } from '../calendar/eras.ts';

/** Who or what a mark was resolved to, as a TEI file gives it; names of an entity and titles of a work, the full one first. */
export type Identity =
  | { readonly kind: 'entity'; readonly names: readonly string[] }
  /** `custom` is `@when-custom`; a vague date names a stretch only (至道中). */
  | { readonly kind: 'date'; readonly custom?: string; readonly vague: boolean }
  /** `section` and `title` as they are written, corrections applied; `juan` in the order of the text. */
  | {
      readonly kind: 'work';
      readonly titles: readonly string[];
      readonly title?: string;
      readonly section?: string;
      readonly juan: readonly number[];
    };

/** The key that an identity comes to in the notation of the annotation guidelines; `?` where nothing is known. */
export function keyOf(identity: Identity): string {
  switch (identity.kind) {
    case 'entity':
      return identity.names[0] ?? '?';
    case 'date':
      return identity.custom ?? '?';
    case 'work':
      return [identity.titles[0] ?? '?', identity.section ?? '', identity.juan.join('、')].join('|');
  }
}

/**
 * True if a gold key and an identity mean the same. Only notation may differ: any name of the entity will do, a ruler may
 * lack his dynasty (宋太宗, 太宗), a day may be a number or a pair, a chapter may be written short (真宗紀 for 真宗本紀).
 */
export function matchesKey(key: string, identity: Identity): boolean {
  switch (identity.kind) {
    case 'entity':
      return identity.names.includes(key) || identity.names.includes(withoutDynasty(key));
    case 'date':
      return sameDate(key, identity.custom, identity.vague);
    case 'work':
      return sameCitation(key, identity);
  }
}

let rulerOfDynasty: RegExp | undefined;

/** 宋太宗 → 太宗; any other name as it is. */
function withoutDynasty(name: string): string {
  if (!rulerOfDynasty) {
    const dynasties = [...new Set(allEras().flatMap(({ dynasty, dynastyNames }) => [dynasty, ...dynastyNames]))].sort(
      (a, b) => b.length - a.length,
    );
    rulerOfDynasty = new RegExp(`^(?:${dynasties.join('|')})(?=\\p{Script=Han}{1,4}[祖宗帝]$)`, 'u');
  }
  return name.replace(rulerOfDynasty, '');
}

function sameDate(key: string, custom: string | undefined, vague: boolean): boolean {
  if (key === '?') return custom === undefined;
  if (custom === undefined) return false;
  if (key.endsWith('?')) return vague && custom.startsWith(key.slice(0, -1));
  if (vague) return false;
  if (key === custom) return true;
  const [gold, found] = [parseCivil(key), parseCivil(custom)];
  if (!gold || !found) return false;
  const dynasty = gold.dynasty ?? found.dynasty;
  return sameCivil(dynasty ? { ...gold, dynasty } : gold, dynasty ? { ...found, dynasty } : found);
}

/** The same era by any of its spellings, the same year and month, and days that are one in the calendar of an era of that name. */
function sameCivil(a: CivilDate, b: CivilDate): boolean {
  const era = eraOf(a);
  const monthOf = ({ year, month, leap = false }: CivilDate): string =>
    formatCivil({ era: '', year, ...(month === undefined ? {} : { month }), leap });
  if (!era || era.name !== eraOf(b)?.name || monthOf(a) !== monthOf(b)) return false;
  const hasDay = ({ day, cycle }: CivilDate): boolean => (day ?? cycle) !== undefined;
  if (!hasDay(a) || !hasDay(b)) return hasDay(a) === hasDay(b);
  return eraNamed(era.name).some(({ dynasty }) => {
    const days = civilInterval({ ...a, dynasty });
    return days !== undefined && days.from === civilInterval({ ...b, dynasty })?.from;
  });
}

function sameCitation(key: string, { titles, title, section, juan }: Extract<Identity, { kind: 'work' }>): boolean {
  const [work = '', goldSection = '', goldJuan = ''] = key.split('|');
  if (!titles.includes(work) || goldJuan !== juan.join('、')) return false;
  if (goldSection === '') return section === undefined;
  // A title may be that of a chapter by itself: 《遼紀》, 《傳》.
  const written = section ?? (title !== undefined && chapterEnd.test(title) ? title : undefined);
  if (written === undefined) return false;
  return abbreviates(written, goldSection) || (written[0] === work[0] && abbreviates(written.slice(1), goldSection));
}

const chapterEnd = /[傳紀志表錄]$/u;

/** True if a title is another one with characters left out: 真宗紀 and 真宗本紀, 繼和傳 and 李繼和傳. */
function abbreviates(short: string, full: string): boolean {
  if (short === '' || [...short].at(-1) !== [...full].at(-1)) return false;
  let at = 0;
  for (const character of full) if (short.startsWith(character, at)) at += character.length;
  return at === short.length;
}
