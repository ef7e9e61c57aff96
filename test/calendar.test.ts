import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilOfYear } from '../src/annotate/clock.ts';
import { type CivilDate, civilText, formatCivil, parseCivil, parseCivilText } from '../src/calendar/civil-date.ts';
import {
  civilInterval,
  civilOf,
  dayOfCycle,
  isoInterval,
  monthsOf,
  monthsWithCycleDay,
  nextYear,
  previousYear,
  westernYear,
  yearPair,
} from '../src/calendar/convert.ts';
import { allEraNames, allEras, type Era, eraNamed, splitEraName } from '../src/calendar/eras.ts';
import {
  cycleIndex,
  cycleName,
  dayCycle,
  gregorianOf,
  isoDate,
  jdnOfGregorian,
  jdnOfJulian,
  julianOf,
  readIsoDate,
} from '../src/calendar/julian-day.ts';
import { civilYear } from '../src/calendar/months.ts';
import { chineseNumeral, readNumeral } from '../src/calendar/numerals.ts';
import { polityBefore } from '../src/calendar/polity-before.ts';
import { daysOfPhase, seasonMonths, seasonOf } from '../src/calendar/seasons.ts';
import { packageRoot } from '../src/core/package-root.ts';
import { makeMonths } from '../src/setup/make-months.ts';

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/calendar/${name}.json`, import.meta.url), 'utf8')) as T;
}

function date(key: string): CivilDate {
  const found = parseCivil(key);
  if (!found) throw new Error(`${key} is no key`);
  return found;
}

describe('Julian Day Numbers', () => {
  it('knows fixed days', () => {
    expect(jdnOfJulian({ year: -4712, month: 1, day: 1 })).toBe(0);
    expect(jdnOfGregorian({ year: 1582, month: 10, day: 15 })).toBe(jdnOfJulian({ year: 1582, month: 10, day: 4 }) + 1);
    expect(isoDate(gregorianOf(2087021))).toBe('1001-12-20');
    expect(isoDate(julianOf(2087021))).toBe('1001-12-14');
    expect(isoDate({ year: -205, month: 1, day: 3 })).toBe('-0205-01-03');
    expect(readIsoDate('-0205-01-03')).toEqual({ year: -205, month: 1, day: 3 });
    expect(readIsoDate('999-1-1')).toBeUndefined();
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000, max: 4_000_000 }), (jdn) => {
        expect(jdnOfGregorian(gregorianOf(jdn))).toBe(jdn);
        expect(jdnOfJulian(julianOf(jdn))).toBe(jdn);
      }),
    );
  });

  it('names the sixty pairs', () => {
    for (let index = 0; index < 60; index++) expect(cycleIndex(cycleName(index))).toBe(index);
    expect(cycleName(dayCycle(2087021))).toBe('甲午');
    expect(cycleIndex('甲丑')).toBeUndefined();
    expect(cycleIndex('乙已')).toBe(cycleIndex('乙巳'));
  });
});

describe('numerals and seasons', () => {
  const cases = fixture<{ readAndWrite: Record<string, number>; read: Record<string, number>; refused: string[] }>(
    'numerals',
  );
  it.each(Object.entries(cases.readAndWrite))('%s is %d', (text, value) => {
    expect(readNumeral(text)).toBe(value);
    expect(chineseNumeral(value)).toBe(text);
  });
  it.each(Object.entries(cases.read))('%s is read as %d', (text, value) => expect(readNumeral(text)).toBe(value));
  it.each(cases.refused)('`%s` is no numeral', (text) => expect(readNumeral(text)).toBeUndefined());
  it('reads what it writes', () => {
    for (let value = 0; value <= 9999; value++) expect(readNumeral(chineseNumeral(value))).toBe(value);
  });
  it('knows seasons and phases', () => {
    expect(seasonMonths('春')).toEqual([1, 2, 3]);
    expect(seasonMonths('季冬')).toEqual([12]);
    expect(seasonMonths('早春')).toBeUndefined();
    expect(seasonOf(9)).toBe('秋');
    expect(daysOfPhase('晦', 29)).toEqual({ from: 29, to: 29 });
    expect(daysOfPhase('中旬', 29)).toEqual({ from: 11, to: 20 });
  });
});

describe('check values', () => {
  const values = fixture<{
    intervals: Record<string, [string, string]>;
    julian: Record<string, string>;
    days: Record<string, number>;
    firstDays: Record<string, string>;
    years: Record<string, string>;
    nonexistent: string[];
  }>('check-values');
  it.each(Object.entries(values.intervals))('%s', (key, [from, to]) => {
    expect(isoInterval(date(key))).toEqual({ from, to });
  });
  it.each(Object.entries(values.julian))('%s is Julian %s', (key, day) => {
    const dynasty = key.startsWith('大定') ? { dynasty: '金' } : {};
    expect(isoInterval(date(key), { calendar: 'julian', ...dynasty })?.from).toBe(day);
  });
  it.each(Object.entries(values.days))('%s is day %d', (key, day) => {
    const { cycle, ...month } = date(key);
    expect(dayOfCycle(month, cycle!)).toEqual({ ...month, day });
  });
  it.each(Object.entries(values.firstDays))('%s begins on %s', (key, pair) => {
    const [dynasty, month] = key.split(' ') as [string, string];
    expect(cycleName(dayCycle(civilInterval(date(month), { dynasty })!.from))).toBe(pair);
  });
  it.each(Object.entries(values.years))('%s is %s', (key, pair) => expect(yearPair(date(key))).toBe(pair));
  it.each(values.nonexistent)('%s does not exist', (key) => expect(civilInterval(date(key))).toBeUndefined());
});

describe('civil dates', () => {
  it.each(['咸平2', '咸平2-9', '咸平6-閏5', '咸平4-11-27', '咸平4-11-甲午', '天授2-臘-1', '天授2-一'])(
    'key %s reads and writes',
    (key) => expect(formatCivil(date(key))).toBe(key),
  );

  it.each(['咸平', '咸平0', '咸平2-13', '咸平2-9-31', '咸平2-9-甲丑', '2-9', 'abc2', '咸平2-09'])(
    '%s is no key',
    (text) => expect(parseCivil(text)).toBeUndefined(),
  );

  it('splits a polity from the era, not a syllable of it', () => {
    expect(date('宋隆興1')).toEqual({ era: '隆興', dynasty: '宋', year: 1 });
    expect(date('漢安2')).toEqual({ era: '漢安', year: 2 });
    expect(formatCivil(date('西夏大慶1'), { withDynasty: true })).toBe('西夏大慶1');
    expect(splitEraName('宋真宗咸平')).toEqual({ era: '咸平', dynasty: '宋', ruler: '真宗' });
    expect(splitEraName('遼真宗咸平')).toBeUndefined();
  });

  it.each([
    ['宋真宗咸平四年冬十一月甲午', '咸平4-11-甲午'],
    ['景德元年春正月一日', '景德1-1-1'],
    ['慶曆元年、夏天授', undefined],
    ['夏天授禮法延祚四年春二月', '天授禮法延祚4-2'],
    ['統和二十一年', '統和21'],
    ['建炎元年孟夏', '建炎1-4'],
    ['庆历四年闰五月朔', undefined],
    ['嘉定十七年閏八月丁酉朔', '嘉定17-閏8-丁酉'],
    ['慶曆元年二月望', '慶曆1-2-15'],
    ['天授二年正月', '天授2-1'],
    ['天授二年一月', '天授2-一'],
    ['寶應元年建巳月', '寶應1-4'],
    ['咸平四年十一月廿七日', '咸平4-11-27'],
    ['咸平四年十三月', undefined],
  ])('%s → %s', (text, key) => {
    const found = parseCivilText(text);
    expect(found && formatCivil(found)).toBe(key);
  });

  it('writes the reading form', () => {
    expect(civilText(date('咸平4-11-27'))).toBe('咸平四年十一月二十七日');
    expect(civilText(date('景德1-閏9-甲午'))).toBe('景德元年閏九月甲午');
    expect(civilText(date('宋建炎1-1'), { withDynasty: true })).toBe('宋建炎元年正月');
  });

  it('round trips: civil → day → civil', () => {
    const eras = allEras().filter((era) => era.to - era.from > 30);
    const anyEra = fc.constantFrom(...eras);
    fc.assert(
      fc.property(anyEra, fc.double({ min: 0, max: 1, noNaN: true }), (era: Era, part) => {
        const jdn = era.from + Math.floor(part * (era.to - era.from));
        const found = civilOf(jdn, { dynasty: era.dynasty }).find((one) => one.era === era.name);
        expect(found).toBeDefined();
        const again = civilInterval(found!, { near: gregorianOf(jdn).year });
        // 太初元年 has two 十月, 十一月 and 十二月: a key names the first.
        if (era.dynasty === '西漢' && era.name === '太初' && found!.year === 1 && found!.month! >= 10) return;
        expect(again).toEqual({ from: jdn, to: jdn });
        expect(parseCivil(formatCivil(found!))).toMatchObject({ era: era.name, day: found!.day });
      }),
      { numRuns: 2000, seed: 999 },
    );
  });
});

describe('eras', () => {
  it('takes variant and simplified spellings for the same name', () => {
    for (const name of ['嘉祐', '嘉佑', '熙宁', '熙甯', '庆历', '天禧', '神鹿加', '壽隆', '延嗣甯國']) {
      expect(eraNamed(name), name).not.toEqual([]);
    }
    expect(eraNamed('壽隆')[0]?.name).toBe('壽昌');
  });

  it('chooses by polity, ruler and year', () => {
    expect(eraNamed('大慶', { ruler: '仁宗' }).map((era) => era.firstYear)).toEqual([1140]);
    expect(eraNamed('大安', { near: 1090 })[0]?.dynasty).toBe('遼');
    expect(eraNamed('大安', { dynasty: '夏' })[0]?.dynasty).toBe('西夏');
    expect(eraNamed('至元', { near: 1337 })[0]?.firstYear).toBe(1335);
    expect(eraNamed('乾德')[0]?.dynasty).toBe('宋');
    expect(allEraNames()).toContain('祥符');
    expect(allEraNames()).not.toContain('太祖');
  });

  it('reads the polity and ruler before an era or a year', () => {
    expect(polityBefore('敗。後唐莊宗', '同光')).toEqual({ text: '後唐莊宗', dynasty: '後唐', ruler: '莊宗' });
    expect(polityBefore('、遼天祚', '保大')).toEqual({ text: '遼天祚', dynasty: '遼' });
    expect(polityBefore('，蒙古太祖')).toEqual({ text: '蒙古太祖', dynasty: '蒙古', ruler: '太祖' });
    expect(polityBefore('自', '咸平')).toBeUndefined();
    expect(polityBefore('居')).toBeUndefined();
  });

  it('tells every year of every era apart from others of the name', () => {
    const mistaken = allEras().flatMap((era) => {
      const date = civilOfYear({ era, year: era.firstNumber });
      // 建平 and 永安 were taken up again by the same ruler, in the same count.
      return westernYear(date) === era.firstYear ? [] : [`${era.dynasty} ${era.name} ${era.rulers}`];
    });
    expect(mistaken).toEqual([]);
  });

  it('names a whole year by either era of it, unless only days in force count', () => {
    expect(isoInterval(date('乾德1-3'))?.from).toBe(isoInterval(date('建隆4-3'))?.from);
    expect(civilInterval(date('乾德1-3'), { inForce: true })).toBeUndefined();
    expect(civilInterval(date('建隆4-11'), { inForce: true })!.to + 1).toBe(
      civilInterval(date('乾德1-11'), { inForce: true })!.from,
    );
    expect(monthsOf('雍熙', 5)).toHaveLength(13);
    expect(monthsOf('雍熙', 5, { inForce: true })).toHaveLength(1);
    expect(monthsOf('咸平', 9)).toEqual([]);
  });

  it('counts years across eras', () => {
    expect(formatCivil(nextYear(date('咸平6'))!)).toBe('景德1');
    expect(formatCivil(previousYear(date('景德1'))!)).toBe('咸平6');
    expect(formatCivil(nextYear(date('遼乾亨4'))!, { withDynasty: true })).toBe('遼乾亨5');
    expect(nextYear(date('祥興2'))).toBeUndefined();
  });

  it('gives the nearest days of a pair that a month lacks', () => {
    const found = monthsWithCycleDay(date('景德1-1'), '甲申');
    expect(found.map((one) => formatCivil(one))).toEqual(['咸平6-12-29', '景德1-2-30']);
    expect(dayOfCycle(date('景德1-1'), '甲申')).toBeUndefined();
  });

  it('lists every date in force on a day', () => {
    const dates = civilOf(2087021).map((one) => formatCivil(one, { withDynasty: true }));
    expect(dates).toEqual(['宋咸平4-11-27', '遼統和19-11-27']);
  });

  it('has every era inside the table, and the months add up', () => {
    const faults: string[] = [];
    for (const era of allEras()) {
      if (era.to < era.from) faults.push(`${era.dynasty} ${era.name} ends before it begins`);
      for (let year = era.firstYear; year <= era.lastYear; year++) {
        const { months } = civilYear(era.line, year)!;
        const whole = months.every(({ first, last }, place) => {
          const follows = place === 0 || first === months[place - 1]!.last + 1;
          return follows && (last - first === 28 || last - first === 29);
        });
        if (!whole || months.length < 11) faults.push(`${era.line} ${year}`);
      }
    }
    expect(faults).toEqual([]);
  });
});

it('the committed table is what make-months writes, and small', () => {
  const committed = readFileSync(new URL('src/calendar/months.generated.json', packageRoot), 'utf8');
  expect(committed).toBe(makeMonths());
  const eras = readFileSync(new URL('src/calendar/eras.json', packageRoot), 'utf8');
  expect(Buffer.byteLength(committed) + Buffer.byteLength(eras)).toBeLessThan(200_000);
});

// DILA's Time Authority is CC BY-SA: it stays beside the repository and is not shipped.
const oracle = new URL('../shared/calendar/dila-months.tsv', packageRoot);

interface OracleRow {
  readonly polity: string;
  readonly dynasty: string;
  readonly era: string;
  readonly date: CivilDate;
  readonly label: string;
  readonly monthFirst: number;
  readonly first: number;
  readonly last: number;
  readonly near: number;
}

const ourNames: Readonly<Record<string, string>> = { 北宋: '宋', 南宋: '宋', 漢趙: '前趙', 南吳: '楊吳' };
const exact = ['北宋', '南宋', '遼', '金', '西夏'];

/** The rows with an era name from 武帝 on; patched rows only for 宋 遼 金 西夏. */
function* oracleRows(): Generator<OracleRow> {
  for (const line of readFileSync(oracle, 'utf8').trim().split('\n').slice(1)) {
    const [polity, , era, year, month, leap, first, last, fromDay, status] = line.split('\t') as string[];
    if (/^（|^$/.test(era!) || Number(first) < 1670000 || (status === 'P' && !exact.includes(polity!))) continue;
    const number = month === '-1' ? 13 : month === '-2' ? 14 : Number(month);
    const isLeap = leap !== '0';
    const dynasty = ourNames[polity!] ?? polity!;
    yield {
      polity: polity!,
      dynasty,
      era: era!,
      date: { era: era!, dynasty, year: Number(year), month: number, ...(isLeap ? { leap: true } : {}) },
      label: `${polity} ${era}${year}-${isLeap ? '閏' : ''}${month}`,
      monthFirst: Number(first) - Number(fromDay) + 1,
      first: Number(first),
      last: Number(last),
      near: gregorianOf(Number(first)).year,
    };
  }
}

describe.skipIf(!existsSync(oracle))('against DILA (skipped without ../shared/calendar/dila-months.tsv)', () => {
  const known = fixture<{
    months: { pattern: string; count: number; reason: string }[];
    eras: { eras: string[]; reason: string }[];
  }>('known-differences');
  // States that wrote another court's eras, and names that DILA misspells or alone has.
  const notOurs = /^(前涼|閩|吳越|西漢始建|蒙古中統|蒙古至元|民國|南燕燕王|西秦建宏|西秦永宏|後燕延平|楊吳天復)/;

  it('agrees on every month but the known ones', () => {
    const counts = known.months.map(() => 0);
    const unexpected: string[] = [];
    let compared = 0;
    for (const row of oracleRows()) {
      if (eraNamed(row.era, { dynasty: row.dynasty }).length === 0) {
        if (!notOurs.test(row.dynasty + row.era)) unexpected.push(`${row.label}: no such era`);
        continue;
      }
      compared++;
      const days = civilInterval(row.date, { near: row.near });
      if (days && days.from === row.monthFirst && days.to >= row.last) continue;
      const place = known.months.findIndex(({ pattern }) => new RegExp(pattern, 'u').test(row.label));
      if (place < 0) unexpected.push(`${row.label}: ${days ? days.from - row.monthFirst : 'missing'}`);
      else counts[place]!++;
    }
    expect(unexpected).toEqual([]);
    expect(known.months.map(({ pattern }, place) => `${pattern} ${counts[place]}`)).toEqual(
      known.months.map(({ pattern, count }) => `${pattern} ${count}`),
    );
    expect(compared).toBeGreaterThan(47_000);
  });

  it('agrees on the first and last month of every era but the known ones', () => {
    const spans = new Map<string, { era: Era; polity: string; from: number; to: number }>();
    for (const row of oracleRows()) {
      const era = eraNamed(row.era, { dynasty: row.dynasty, near: row.near })[0];
      if (!era) continue;
      const key = `${row.polity} ${era.name} ${era.firstYear}`;
      const span = spans.get(key) ?? { era, polity: row.polity, from: row.first, to: row.last };
      spans.set(key, { ...span, from: Math.min(span.from, row.first), to: Math.max(span.to, row.last) });
    }
    const different = new Set<string>();
    for (const { era, polity, from, to } of spans.values()) {
      if (Math.abs(era.from - from) > 30 || Math.abs(era.to - to) > 30) different.add(`${polity} ${era.name}`);
    }
    expect([...different].sort()).toEqual(known.eras.flatMap(({ eras }) => eras).sort());
    expect(spans.size).toBeGreaterThan(650);
  });
});

/** The text of the corpus files of a folder without page marks, notes and white space, by file name. */
function* corpusTexts(folder: URL, files: RegExp): Generator<[string, string]> {
  for (const name of readdirSync(folder).sort()) {
    if (!files.test(name)) continue;
    const lines = readFileSync(new URL(name, folder), 'utf8').split('\n');
    const body = lines.filter((line) => !line.startsWith('#')).join('');
    yield [name, body.replace(/<pb[^>]*>|¶|\s/g, '').replace(/\([^)]*\)/g, '')];
  }
}

const firstDay = /(閏?)([正一二三四五六七八九十有]{1,3})?月(..)朔/;
const jianyan = new URL('../shared/corpora/jianyan/', packageRoot);

describe.skipIf(!existsSync(jianyan))('against 建炎以來繫年要錄 (skipped without ../shared/corpora)', () => {
  // Juan 1 looks back at 靖康 without a heading for each year.
  it('agrees with 99 % of the first days it names, and the rest is known', () => {
    const statement = new RegExp(`撰(建炎|紹興)([元一二三四五六七八九十有]{1,5})年|${firstDay.source}`, 'gu');
    const different: string[] = [];
    let count = 0;
    for (const [name, text] of corpusTexts(jianyan, /^KR2b0024_(?!00[01])\d+\.txt$/)) {
      let year: CivilDate | undefined;
      let last = 0;
      for (const [, era, number, leap, month, pair] of text.matchAll(statement)) {
        if (era !== undefined) {
          year = { era, year: readNumeral(number!)! };
          last = 0;
          continue;
        }
        const index = cycleIndex(pair!);
        const value = month ? readNumeral(month) : leap ? last : undefined;
        if (!year || index === undefined || !value || value > 12) continue;
        if (value < last) year = nextYear(year, { dynasty: '宋' }) ?? year;
        last = value;
        count++;
        const found: CivilDate = { ...year, month: value, ...(leap ? { leap: true } : {}) };
        const days = civilInterval(found, { dynasty: '宋' });
        if (!days || dayCycle(days.from) !== index)
          different.push(`${name.slice(9, 12)} ${formatCivil(found)} ${pair}`);
      }
    }
    expect(different).toEqual(knownInJianyan);
    expect(count).toBe(286);
  });
});

// 139 is headed 十有三年 though its 嵗次辛酉 is 十一年; 七月 of 149 is a slip (丙辰 by every table); 十一月 of 154 is the Jin first day (宋: 壬寅).
const knownInJianyan = ['139 紹興13-3 庚子', '149 紹興13-7 戊午', '154 紹興15-11 癸夘'];

const songshi = new URL('../shared/corpora/songshi/', packageRoot);

interface FirstDay {
  readonly juan: string;
  readonly month?: number;
  readonly leap: boolean;
  readonly pair: string;
}

/** What the annals say of first days, in their order. */
function* songshiFirstDays(): Generator<FirstDay> {
  for (const [name, text] of corpusTexts(songshi, /^KR2a0032_0(0[1-9]|[1-3]\d|4[0-7])\.txt$/)) {
    for (const [, leap, month, pair] of text.matchAll(new RegExp(firstDay, 'gu'))) {
      const value = month ? readNumeral(month) : undefined;
      if (cycleIndex(pair!) === undefined || (!value && !leap) || (value ?? 1) > 12) continue;
      const leapMonth = leap !== '';
      yield { juan: name.slice(9, 12), ...(value ? { month: value } : {}), leap: leapMonth, pair: pair! };
    }
  }
}

/** The place in the list of months of each statement on the longest run that goes forward. */
function placesInOrder(
  statements: readonly FirstDay[],
  fits: (statement: FirstDay, place: number) => boolean,
  count: number,
) {
  interface Link {
    readonly statement: number;
    readonly place: number;
    readonly before: Link | undefined;
    readonly length: number;
  }
  const ends: (Link | undefined)[] = new Array(count).fill(undefined);
  statements.forEach((statement, index) => {
    let best: Link | undefined;
    const longer: Link[] = [];
    for (let place = 0; place < count; place++) {
      const length = (best?.length ?? 0) + 1;
      if (fits(statement, place) && length > (ends[place]?.length ?? 0)) {
        longer.push({ statement: index, place, before: best, length });
      }
      if ((ends[place]?.length ?? 0) > (best?.length ?? 0)) best = ends[place];
    }
    for (const link of longer) ends[link.place] = link;
  });
  const places = new Map<number, number>();
  let link = ends.reduce((best, end) => ((end?.length ?? 0) > (best?.length ?? 0) ? end : best), undefined);
  for (; link; link = link.before) places.set(link.statement, link.place);
  return places;
}

describe.skipIf(!existsSync(songshi))('against 宋史本紀 (skipped without ../shared/corpora)', () => {
  it('agrees with the first days that the annals name, but for those listed with a reason', () => {
    const known = fixture<{ juan: string; says: string; at: string; reason: string }[]>('songshi-first-days');
    const months = Array.from({ length: 322 }, (_, place) => civilYear('common', 959 + place)!.months).flat();
    const statements = [...songshiFirstDays()];
    const fits = ({ month, leap, pair }: FirstDay, place: number): boolean => {
      const one = months[place]!;
      return one.leap === leap && (month ?? one.month) === one.month && dayCycle(one.first) === cycleIndex(pair);
    };
    const places = placesInOrder(statements, fits, months.length);
    let last = 0;
    const different: string[] = [];
    statements.forEach((statement, index) => {
      const place = places.get(index);
      last = place ?? last;
      // A month may be named again: the end of one reign and the beginning of the next, a leaf copied twice.
      const again = [0, 1, 2].some((back) => last >= back && fits(statement, last - back)) || fits(statement, last + 1);
      const { juan, month, leap, pair } = statement;
      if (place === undefined && !again) different.push(`${juan} ${leap ? '閏' : ''}${month ?? ''}月${pair}`);
    });
    expect(different).toEqual(known.map(({ juan, says }) => `${juan} ${says}`));
    expect(statements).toHaveLength(801);
    // What is said of another time than its neighbours agrees with the table there.
    for (const { says, at, reason } of known) {
      const [year, month] = at.split('-').map(Number) as [number, number];
      const found = civilYear('common', year)!.months.find((one) => one.month === month && !one.leap)!;
      const distance = ((cycleIndex(says.slice(-2))! - dayCycle(found.first) + 90) % 60) - 30;
      if (reason.startsWith('Agrees') || reason.startsWith('The number')) expect(distance, says).toBe(0);
      if (reason.startsWith('The day after')) expect(distance, says).toBe(1);
    }
  });
});
