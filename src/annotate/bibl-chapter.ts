import { fold } from '../core/fold.ts';

/** Behind a title these say something of it, and are in no name. */
const verbs = '作載云曰按案謂據引於者立為及與並傳在遣使';
const notFirst = `${verbs}不無未有見入詳其是此又同稱言考參附卷第亦皆則誤以所今一二三四五六七八九十乃即既仍故前後兩諸各本列等之從書記述敘`;
const notInside = `${verbs}史書記錄志奏狀修寫過`;
const name = `[^\\P{Script=Han}${notFirst}][^\\P{Script=Han}${notInside}]`;
const names = `(?:${name}{0,5}[、與及])`;
const reign = '(?:[^\\P{Script=Han}作載云曰按案謂據引於為及與考證修]{0,5}[宗祖帝后主公王])';
const dynasty = '(?:[後前]?[唐晉漢周梁宋元秦魏齊陳隋遼金夏])';
const treatise =
  '(?:天文|五行|律曆|曆象|曆|地理|河渠|禮樂|禮|樂|儀衛|輿服|車服|選舉|職官|百官|食貨|兵衛|兵|刑法|刑|藝文|經籍|釋老|營衛|州郡|郡國|郡縣|溝洫|符瑞|祥瑞)志';
const table =
  '(?:交聘|屬國|部族|遊幸|游幸|皇子|公主|皇族|外戚|宗室世系|宗室|宰輔|宰相世系|宰相|方鎮|世系|世表|百官公卿|大事年|三公宰執)表';
/** Chapters known by their own titles. */
const special = '(?:四夷附錄|四裔考|輿地考|二國外紀|西夏外紀|高麗外紀|外國傳|交聘表|世紀補|職方考|邊防典|州郡典)';
/** The divisions of 宋會要, before a number: 方域二一. */
const division =
  '(?:帝系|后妃|禮|樂|輿服|儀制|瑞異|運曆|崇儒|職官|選舉|食貨|刑法|兵|方域|蕃夷|道釋)(?=[一二三四五六七八九十之]+(?:[^\\p{Script=Han}]|$))';
const reigns = `(?:${reign}(?:本紀|紀)|${dynasty}紀)`;
const ordinal = '第?[〇一二三四五六七八九十百0-9]+';
const alone = `(?:(?:本紀|列傳|世家|載記|志|表)${ordinal}|本紀|本傳|列傳|世家|載記|外紀|附錄)`;
const lives = `(?:${names}{0,5}${name}{0,7}(?:等列傳|等傳|列傳|傳|載記|世家))`;
const chapter = `(?:${special}|${reigns}|${treatise}|${table}|${division}|${alone}|${lives})[上中下]?`;
/** What may stand behind a chapter without brackets. */
const after =
  '(?=[^\\p{Script=Han}]|$|[云曰作載謂言稱記書引按案同亦並及與和皆無不未則又所中內有原誤考參見詳注以第卷之只止均俱疑一二三四五六七八九])';

const behindTitle = new RegExp(fold(`${chapter}${after}`), 'uy');
const joined = new RegExp(fold(`(?:及|、|與|並|和)(${chapter})${after}`), 'uy');
const titled = new RegExp(
  fold(
    `^(?:[^《》]*(?:傳|載記|世家|世表)|.*(?:${special}|${reigns}|${treatise}|${table}|本紀|外紀))[上中下一二三四五六七八九十]*$`,
  ),
  'u',
);

/** Length in UTF-16 units of a chapter without brackets at a place of a (folded) text, right behind a title; 0 if none. */
export function chapterAt(text: string, at: number): number {
  behindTitle.lastIndex = at;
  return behindTitle.exec(text)?.[0].length ?? 0;
}

/** A further chapter without brackets behind a citation: 及裴濟、張煦等傳, 與本紀. */
export function joinedChapterAt(text: string, at: number): { start: number; end: number } | undefined {
  joined.lastIndex = at;
  const hit = joined.exec(text);
  return hit ? { start: at + 1, end: joined.lastIndex } : undefined;
}

/** True if (folded) words in 《》 are called as a chapter is (夏國傳, 真宗本紀), not as a work. */
export const isChapterTitle = (words: string): boolean => words.length > 1 && titled.test(words);
