import data from './eras.json' with { type: 'json' };
import { cycleIndex, dayCycle } from './julian-day.ts';
import { civilYear, type Line, type Month } from './months.ts';

/** A regnal era of one polity. Days are Julian Day Numbers, years astronomical civil years (1 BCE = 0). */
export interface Era {
  readonly name: string;
  /** The name and its other forms as `eras.json` lists them. */
  readonly names: readonly string[];
  readonly dynasty: string;
  /** Every name of the polity that a text may set before the era: 宋, 北宋, 南宋. */
  readonly dynastyNames: readonly string[];
  /** The polity by which a date without a dynasty is read first. */
  readonly main: boolean;
  readonly rulers: readonly string[];
  readonly line: Line;
  /** Number of the first year, 1 but where a new ruler took up an older count (天福十二年). */
  readonly firstNumber: number;
  readonly firstYear: number;
  readonly lastYear: number;
  /** First and last day in force. */
  readonly from: number;
  readonly to: number;
}

/** What chooses among eras of one name. */
export interface EraOptions {
  /** Only eras of this polity, under any of its names. */
  readonly dynasty?: string;
  /** Only eras of this ruler (仁宗). */
  readonly ruler?: string;
  /** The astronomical year that the text speaks of: nearer eras come first. */
  readonly near?: number;
}

type EraRow = readonly [name: string, rulers: string, from: string, to?: string, firstNumber?: number];

interface PolityRow {
  readonly dynasty: string;
  readonly also: readonly string[];
  readonly main?: boolean;
  readonly line: string;
  readonly eras: readonly EraRow[];
}

// The characters of era, polity and ruler names, each with the variant and simplified characters also written for it.
const variants =
  '祐佑 寧宁甯寕 曆历厯歷暦 冊册 啟啓启 真眞 德徳 惠恵 說说 強强 涼凉 恆恒 昇升 禎祯楨 觀观観 興兴 國国囯 寶宝寳 慶庆 開开 聖圣 豐丰 堯尧 統统 紹绍 龍龙 龜龟亀 鳳凤 順顺 應应 廣广 儀仪 調调 長长 ' +
  '壽寿 載载 證证 萬万 歲岁 視视 雲云 極极 貞贞 關关 會会 顯显顕 樂乐 綏绥 鴻鸿 陽阳 漢汉 憲宪 紀纪 復复 遠远 榮荣 義义 緒绪 澤泽 禮礼 賜赐 遼辽 陳陈 齊齐 吳吴呉 晉晋 東东 總总 愛爱 黃黄 烏乌 ' +
  '莊庄 煬炀 閔闵 節节 欽钦 劉刘 趙赵 楊杨 閩闽 韓韩 張张 隱隐 偽伪僞 獻献 靈灵 質质 沖冲 殤殇 簡简 廢废 馮冯 高髙 爾尔 爲为 淨净 淳湻 熙煕';

const folds = new Map<string, string>();
for (const [usual, ...others] of variants.split(' ').map((group) => [...group])) {
  for (const other of others) folds.set(other, usual!);
}

/** A name with variant and simplified characters replaced, for comparison only. */
function fold(name: string): string {
  return [...name].map((one) => folds.get(one) ?? one).join('');
}

/** An era not yet dated: most runs ask for a few of them only. */
interface Source {
  readonly polity: PolityRow;
  readonly place: number;
  era?: Era;
}

const sources: readonly Source[] = (data.polities as unknown as readonly PolityRow[])
  .flatMap((polity) => polity.eras.map((_, place): Source => ({ polity, place })))
  .sort((a, b) => Number(b.polity.main ?? false) - Number(a.polity.main ?? false));

const byName = new Map<string, Source[]>();
for (const source of sources) {
  for (const name of new Set(source.polity.eras[source.place]![0].split('|').map(fold))) {
    const list = byName.get(name);
    if (list) list.push(source);
    else byName.set(name, [source]);
  }
}

let all: readonly Era[] | undefined;

/** All eras, those of the main polities first, each group in the order of `eras.json`. */
export function allEras(): readonly Era[] {
  all ??= sources.map(dated);
  return all;
}

let byRulersEnd: Map<string, Source[]> | undefined;

/** The eras with a ruler whose name ends with this character, in the order of {@link allEras}. */
export function erasByRulersEnd(end: string): readonly Era[] {
  if (!byRulersEnd) {
    byRulersEnd = new Map();
    for (const source of sources) {
      const rulers = source.polity.eras[source.place]![1].split(' ');
      for (const one of new Set(rulers.map((ruler) => ruler.at(-1)!))) {
        byRulersEnd.set(one, [...(byRulersEnd.get(one) ?? []), source]);
      }
    }
  }
  return (byRulersEnd.get(end) ?? []).map(dated);
}

const named = new Map<string, readonly Era[]>();

/** All eras of a name, kept under the spelling that asked for them. */
function erasOfName(name: string): readonly Era[] {
  const known = named.get(name);
  if (known) return known;
  const found = (byName.get(fold(name)) ?? []).map(dated);
  if (found.length > 0) named.set(name, found);
  return found;
}

function dated(source: Source): Era {
  source.era ??= makeEra(source.polity, source.place);
  return source.era;
}

function makeEra(polity: PolityRow, place: number): Era {
  const [names, rulers, fromText, toText, firstNumber] = polity.eras[place]!;
  const line = polity.line as Line;
  const start = boundary(line, fromText);
  const next = polity.eras[place + 1];
  const end = toText ? boundary(line, toText) : boundary(line, next![2]);
  const list = names.split('|');
  return {
    name: list[0]!,
    names: list,
    dynasty: polity.dynasty,
    dynastyNames: [polity.dynasty, ...polity.also],
    main: polity.main === true,
    rulers: rulers.split(' '),
    line,
    firstNumber: firstNumber ?? 1,
    firstYear: start.year,
    lastYear: toText || end.day !== end.yearStart ? end.year : end.year - 1,
    from: start.day,
    // A new era whose day is not known shares its month with the old one.
    to: toText ? end.last : end.exact ? end.day - 1 : end.last,
  };
}

interface Boundary {
  readonly year: number;
  readonly yearStart: number;
  readonly day: number;
  readonly last: number;
  readonly exact: boolean;
}

/** The first and last day of `YEAR`, `YEAR-MONTH` or `YEAR-MONTH-DAY` in a line. */
function boundary(line: Line, text: string): Boundary {
  const [, yearText, leap, monthText, dayText] = /^(-?\d+)(?:-(閏?)(\d+|臘)(?:-(\d+|\D\D))?)?$/.exec(text) ?? [];
  const year = Number(yearText);
  const months = civilYear(line, year)?.months;
  if (!months) throw new Error(`eras.json: ${text} is not in the table of months`);
  const yearStart = months[0]!.first;
  if (monthText === undefined) return { year, yearStart, day: yearStart, last: months.at(-1)!.last, exact: true };
  const number = monthText === '臘' ? 13 : Number(monthText);
  const month = findMonth(months, number, leap === '閏');
  if (!month) throw new Error(`eras.json: the month of ${text} does not exist`);
  if (dayText === undefined) {
    // A month that opens the civil year needs no day to be exact.
    return { year, yearStart, day: month.first, last: month.last, exact: month.first === yearStart };
  }
  const pair = cycleIndex(dayText);
  const day = month.first + (pair === undefined ? Number(dayText) - 1 : (pair - dayCycle(month.first) + 60) % 60);
  if (!(day <= month.last)) throw new Error(`eras.json: the day of ${text} does not exist`);
  return { year, yearStart, day, last: day, exact: true };
}

/** The month of a civil year with this number; the first where 太初元年 (104 BCE) has two. */
export function findMonth(months: readonly Month[], number: number, leap: boolean): Month | undefined {
  return months.find((month) => month.month === number && month.leap === leap);
}

/**
 * The eras of a name, best first: by `near` where it is given, else main polities first. Variant (祐/佑, 寧/甯) and
 * simplified spellings are the same name. Empty when there is none.
 */
export function eraNamed(name: string, options: EraOptions = {}): readonly Era[] {
  const { dynasty, ruler, near } = options;
  let found = erasOfName(name);
  if (dynasty !== undefined) found = found.filter((era) => isDynasty(era, dynasty));
  if (ruler !== undefined) found = found.filter((era) => era.rulers.includes(fold(ruler)));
  if (near === undefined || found.length < 2) return found;
  const distance = (era: Era): number => Math.max(era.firstYear - near, near - era.lastYear, 0);
  return [...found].sort((a, b) => distance(a) - distance(b));
}

/** Whether an era belongs to a polity of this name. */
export function isDynasty(era: Era, name: string): boolean {
  const folded = fold(name);
  return era.dynastyNames.some((one) => fold(one) === folded);
}

/**
 * Every era name in every listed form, longest first, then in code unit order: for a grammar of dates. Without the reigns
 * that had no era and are counted by the ruler (遼太祖, 元太宗).
 */
export function allEraNames(): readonly string[] {
  // Names need no dates: most runs ask for the eras of a few names only.
  const names = sources.flatMap(({ polity, place }) => {
    const [forms, rulers] = polity.eras[place]!;
    const list = forms.split('|');
    return rulers.split(' ').includes(list[0]!) ? [] : list;
  });
  return [...new Set(names)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** Splits 宋真宗咸平 or 西夏大慶 into polity, ruler and era; undefined when the text does not end with an era that fits what is before it. */
export function splitEraName(text: string): { era: string; dynasty?: string; ruler?: string } | undefined {
  for (let at = 0; at < text.length; at++) {
    const prefix = fold(text.slice(0, at));
    for (const era of eraNamed(text.slice(at))) {
      if (prefix === '') return { era: era.name };
      const dynasties = isDynasty(era, prefix)
        ? [prefix]
        : era.dynastyNames.map(fold).filter((one) => prefix.startsWith(one));
      for (const dynasty of [...dynasties, '']) {
        const ruler = prefix.slice(dynasty.length);
        if (ruler === '') return { era: era.name, dynasty: era.dynasty };
        if (era.rulers.includes(ruler)) return { era: era.name, dynasty: era.dynasty, ruler };
      }
    }
  }
  return undefined;
}
