import { diagnostic, type Report } from '../core/diagnostic.ts';
import { foldPattern } from '../core/fold.ts';
import { firstFrom, type Span } from '../core/span.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { Certainty, NameAnnotation, Rule } from './annotation.ts';
import type { Gazetteer, NameForm } from './gazetteer.ts';
import { type WordForms, wordsOf } from './word-forms.ts';

/** A name found, in UTF-16 units. */
interface Hit {
  readonly start: number;
  readonly end: number;
  readonly form: NameForm;
  readonly rule: Rule;
  readonly cert?: Certainty;
}

/** A one-character given name that is a common word too stands free: after punctuation or a word that takes a person. */
const opensGiven = foldPattern(
  /[，。、；：「」『』（）《》？！\s與以命詔令遣使殺執擒於為語謂詣請及召授補賜責劾從拜斬]$/u,
);

const tribeFollows = foldPattern(/^(?:族(?!帳|黨|人)|部(?![族落署下將曲眾民長兵]))/u);

/**
 * Finds persons, places, peoples and states of the authority files in one entry (its span in code points): longest
 * match from the left outside `taken` spans, chains of one-character prefectures, given names after full names. `year`
 * is that of the entry (proleptic Gregorian): it tells persons of one name apart.
 */
export function findNames(
  source: SourceDocument,
  entry: Span,
  year: number | undefined,
  taken: readonly Span[],
  gazetteer: Gazetteer,
  report: Report,
): NameAnnotation[] {
  const { text } = source;
  const units = (span: Span) => ({ start: text.toUnit(span.start), end: text.toUnit(span.end) });
  const inside = taken.slice(firstFrom(taken, entry.start), firstFrom(taken, entry.end));
  const scan = new EntryScan(source.folded, units(entry), year, inside.map(units), gazetteer);
  return scan.run().map(({ start: from, end: to, form, rule, cert }) => {
    const start = text.toOffset(from);
    const end = text.toOffset(to);
    const quote = text.slice(start, end);
    if (cert === 'low' && !form.proposed) {
      const message = `Unexpected name \`${quote}\`, expected words that tell whom it means: several persons bear it.`;
      report(diagnostic('annotate/unclear-person', message, { file: source.path, range: text.range({ start, end }) }));
    }
    return {
      type: form.type,
      start,
      end,
      quote,
      rule,
      ref: form.ref,
      ...(cert ? { cert } : {}),
      ...(form.corr ? { correction: { start, end: text.toOffset(from + form.text.length), corr: form.corr } } : {}),
    };
  });
}

class EntryScan {
  readonly #text: string;
  readonly #entry: Span;
  readonly #taken: readonly Span[];
  readonly #gazetteer: Gazetteer;
  /** Persons named in full so far in the entry, by the number of their last mention. */
  readonly #persons = new Map<string, number>();
  #mentions = 0;
  readonly #year: number | undefined;

  constructor(text: string, entry: Span, year: number | undefined, taken: readonly Span[], gazetteer: Gazetteer) {
    this.#year = year;
    this.#text = text;
    this.#entry = entry;
    this.#taken = taken;
    this.#gazetteer = gazetteer;
  }

  run(): Hit[] {
    const hits: Hit[] = [];
    const forms = wordsOf(this.#gazetteer);
    const words: WordForms[] = [];
    const add = (word: number): void => {
      words.push(forms[word]!);
    };
    let next = 0;
    for (let at = this.#entry.start; at < this.#entry.end; ) {
      while (this.#taken[next] && this.#taken[next]!.end <= at) next++;
      const taken = this.#taken[next];
      if (taken && taken.start <= at) {
        at = taken.end;
        continue;
      }
      const limit = Math.min(taken?.start ?? this.#entry.end, this.#entry.end);
      if (words.length > 0) words.length = 0;
      this.#gazetteer.trie.matches(this.#text, at, limit, add);
      const found = words.length === 0 ? [] : this.#hitsAt(at, limit, words);
      for (const one of found) this.#remember(one);
      hits.push(...found);
      at = found.at(-1)?.end ?? at + (this.#text.codePointAt(at)! > 0xffff ? 2 : 1);
    }
    return hits;
  }

  /** A chain of prefectures, or the longest name, of the words that stand here (the shortest first). */
  #hitsAt(at: number, limit: number, words: readonly WordForms[]): Hit[] {
    // Few names have a joint behind them: the others need not be read twice.
    const mayChain = words.some(({ length }) => this.#isJoint(at + length));
    const chain = mayChain ? this.#chain(at, limit) : [];
    if (chain.length > 0) return chain;
    for (let word = words.length - 1; word >= 0; word--) {
      const hit = this.#choose(words[word]!, at, limit);
      if (hit) return [hit];
    }
    return [];
  }

  #remember({ form, rule }: Hit): void {
    if (form.type === 'persName' && rule !== 'given') this.#persons.set(form.ref, ++this.#mentions);
  }

  /** True if the phrases of a form, where it has any, allow it at this place. */
  #mayStand({ text, in: phrases, notIn }: NameForm, at: number): boolean {
    return (!phrases || phrases.hold(this.#text, at, text.length)) && !notIn?.hold(this.#text, at, text.length);
  }

  /** Which of the forms of one word is meant: a phrase decides, then a full form, then the person named last. */
  #choose(word: WordForms, at: number, limit: number): Hit | undefined {
    const byPhrase = word.phrased.find((form) => this.#mayStand(form, at));
    if (byPhrase) return this.#hit(byPhrase, at, limit, 'name');
    const full = this.#meant(word.full.filter((form) => this.#mayStand(form, at)));
    if (full[0]) return this.#fullHit(full, at, limit);
    if (word.given.length === 0) return undefined;
    if (word.isSingle) {
      const isFree = !word.isCommon || opensGiven.test(this.#text.slice(Math.max(0, at - 2), at));
      const last = isFree ? this.#namedLast(word.given, at) : undefined;
      return last && this.#hit(last, at, limit, 'given', 'medium');
    }
    const last = this.#namedLast(word.given, at);
    if (last) return this.#hit(last, at, limit, 'given');
    const [first, ...others] = this.#meant(word.given.filter((form) => this.#mayStand(form, at)));
    return first && this.#hit(first, at, limit, 'given', others.length > 0 ? 'low' : undefined);
  }

  /** Of persons of one name those whom the words of the entry, or else its year, point to, where they point to some only. */
  #meant(forms: readonly NameForm[]): readonly NameForm[] {
    if (forms.length < 2) return forms;
    const words = this.#text.slice(this.#entry.start, this.#entry.end);
    const placed = forms.filter(({ context }) => context?.some((word) => words.includes(word)));
    if (placed.length > 0) return placed;
    const year = this.#year;
    if (year === undefined) return forms;
    const living = forms.filter(({ years }) => years && years[0] <= year && year <= years[1]);
    const possible = living.length > 0 ? living : forms.filter(({ years }) => !years);
    return possible.length > 0 ? possible : forms;
  }

  /** Of two persons of one name that nothing tells apart the one named last, if any, and never surely. */
  #fullHit(full: readonly NameForm[], at: number, limit: number): Hit {
    const isUnclear =
      full[0]!.type === 'persName' && full.some(({ ref, type }) => type === 'persName' && ref !== full[0]!.ref);
    return this.#hit(
      (isUnclear ? this.#namedLast(full, at) : undefined) ?? full[0]!,
      at,
      limit,
      'name',
      isUnclear ? 'low' : undefined,
    );
  }

  /** The form of the person that the entry has named last, if it has named one of them. */
  #namedLast(forms: readonly NameForm[], at: number): NameForm | undefined {
    let last: NameForm | undefined;
    let mention = 0;
    for (const form of forms) {
      const own = this.#persons.get(form.ref) ?? 0;
      if (own > mention && this.#mayStand(form, at)) [last, mention] = [form, own];
    }
    return last;
  }

  #hit(form: NameForm, at: number, limit: number, rule: Rule, cert?: Certainty): Hit {
    const bare = at + form.text.length;
    const end = form.takesTribe && bare < limit && this.#tribeFollows(bare) ? bare + 1 : bare;
    const signed = form.proposed && rule === 'name' ? 'tagger' : rule;
    const sure = form.proposed ? (cert ?? form.cert ?? 'medium') : cert;
    return { start: at, end, form, rule: signed, ...(sure ? { cert: sure } : {}) };
  }

  /** 族 or 部 directly behind a tribe belongs to its name, unless it begins another word (族帳, 部族, 部下). */
  #tribeFollows(at: number): boolean {
    return tribeFollows.test(this.#text.slice(at, at + 2));
  }

  /** 涇、原、儀、渭 and 涇、原、渭州: at least two prefectures joined by 、, one of them short. */
  #chain(at: number, limit: number): Hit[] {
    const hits: Hit[] = [];
    for (let place = at; ; ) {
      const form = this.#placeAt(place, limit);
      if (!form) break;
      const end = place + form.text.length;
      hits.push({ start: place, end, form, rule: form.use === 'full' ? 'name' : 'chain' });
      if (!this.#isJoint(end)) break;
      place = end + 1;
    }
    const short = hits.filter(({ form }) => form.use === 'place-short').length;
    return hits.length > 1 && short > 0 && (short > 1 || this.#endsInPrefecture(hits)) ? hits : [];
  }

  /** The longest full form of a place that stands here, else the short form of a prefecture; none that need a phrase. */
  #placeAt(at: number, limit: number): NameForm | undefined {
    const forms: NameForm[] = [];
    this.#gazetteer.trie.matches(this.#text, at, limit, (word) => {
      forms.unshift(...this.#gazetteer.forms[word]!.filter((form) => this.#mayStand(form, at)));
    });
    const places = forms.filter(({ type, in: phrases }) => type === 'placeName' && !phrases);
    // 宋、夏: a phrase says that it is the state.
    const isState = forms.some(({ type, in: phrases }) => type === 'orgName' && phrases);
    return (
      places.find(({ use }) => use === 'full') ??
      (isState ? undefined : places.find(({ use }) => use === 'place-short'))
    );
  }

  /** A comma joins too where 、 goes on behind it: 靈，環、慶 in carelessly punctuated texts. */
  #isJoint(at: number): boolean {
    const joint = this.#text[at];
    return joint === '、' || (joint === '，' && this.#text[at + 2] === '、');
  }

  /** One short name is enough where a full prefecture is beside it, or 州 and the like follow: 綏、宥諸州. */
  #endsInPrefecture(hits: readonly Hit[]): boolean {
    return hits.some(({ form }) => form.use === 'full' && form.text.endsWith('州'));
  }
}
