import { diagnostic, type Report } from '../core/diagnostic.ts';
import { foldPattern } from '../core/fold.ts';
import { firstFrom, type Span } from '../core/span.ts';
import { commonCharacters } from '../lexicon/lexicon.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { Certainty, NameAnnotation, Rule } from './annotation.ts';
import type { Gazetteer, NameForm } from './gazetteer.ts';

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
 * match from the left outside `taken` spans, chains of one-character prefectures, given names after full names.
 */
export function findNames(
  source: SourceDocument,
  entry: Span,
  taken: readonly Span[],
  gazetteer: Gazetteer,
  report: Report,
): NameAnnotation[] {
  const { text } = source;
  const units = (span: Span) => ({ start: text.toUnit(span.start), end: text.toUnit(span.end) });
  const inside = taken.slice(firstFrom(taken, entry.start), firstFrom(taken, entry.end));
  const scan = new EntryScan(source.folded, units(entry), inside.map(units), gazetteer);
  return scan.run().map(({ start: from, end: to, form, rule, cert }) => {
    const start = text.toOffset(from);
    const end = text.toOffset(to);
    const quote = text.slice(start, end);
    if (cert === 'low') {
      const message = `Unexpected name \`${quote}\`, expected a full name before it: several persons bear it.`;
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
  /** Persons named in full so far in the entry, in the order of their last mention. */
  readonly #persons: string[] = [];

  constructor(text: string, entry: Span, taken: readonly Span[], gazetteer: Gazetteer) {
    this.#text = text;
    this.#entry = entry;
    this.#taken = taken;
    this.#gazetteer = gazetteer;
  }

  run(): Hit[] {
    const hits: Hit[] = [];
    let next = 0;
    for (let at = this.#entry.start; at < this.#entry.end; ) {
      while (this.#taken[next] && this.#taken[next]!.end <= at) next++;
      const taken = this.#taken[next];
      if (taken && taken.start <= at) {
        at = taken.end;
        continue;
      }
      const limit = Math.min(taken?.start ?? this.#entry.end, this.#entry.end);
      const chain = this.#chain(at, limit);
      const hit = chain.length > 0 ? undefined : this.#longest(at, limit);
      const found = hit ? [hit] : chain;
      for (const one of found) this.#remember(one);
      hits.push(...found);
      at = found.at(-1)?.end ?? at + (this.#text.codePointAt(at)! > 0xffff ? 2 : 1);
    }
    return hits;
  }

  #remember({ form, rule }: Hit): void {
    if (form.type !== 'persName' || rule === 'given') return;
    const known = this.#persons.indexOf(form.ref);
    if (known >= 0) this.#persons.splice(known, 1);
    this.#persons.push(form.ref);
  }

  /** The forms that stand at this place and may be meant, longest first. */
  #formsAt(at: number, limit: number): NameForm[] {
    const found: (readonly NameForm[])[] = [];
    this.#gazetteer.trie.matches(this.#text, at, limit, (word) => found.unshift(this.#gazetteer.forms[word]!));
    return found
      .flat()
      .filter(
        ({ text, in: phrases, notIn }) =>
          (!phrases || phrases.hold(this.#text, at, text.length)) && !notIn?.hold(this.#text, at, text.length),
      );
  }

  #longest(at: number, limit: number): Hit | undefined {
    const forms = this.#formsAt(at, limit).filter(({ use }) => use !== 'place-short');
    for (const length of new Set(forms.map(({ text }) => text.length))) {
      const same = forms.filter(({ text }) => text.length === length);
      const hit = this.#choose(same, at, limit);
      if (hit) return hit;
    }
    return undefined;
  }

  /** Which of the forms of one length is meant: a phrase decides, then a full form, then the person named last. */
  #choose(forms: readonly NameForm[], at: number, limit: number): Hit | undefined {
    const byPhrase = forms.find((form) => form.in);
    if (byPhrase) return this.#hit(byPhrase, at, limit, 'name');
    const full = forms.find((form) => form.use === 'full' && ([...form.text].length > 1 || form.type === 'orgName'));
    if (full) return this.#hit(full, at, limit, 'name');
    const given = forms.filter(({ use }) => use === 'given');
    if (given.length === 0) return undefined;
    const named = given
      .filter(({ ref }) => this.#persons.includes(ref))
      .sort((a, b) => this.#persons.indexOf(b.ref) - this.#persons.indexOf(a.ref))[0];
    if ([...given[0]!.text].length === 1) {
      const isFree =
        !commonCharacters.has(given[0]!.text) || opensGiven.test(this.#text.slice(Math.max(0, at - 2), at));
      const free = named && isFree;
      return free ? this.#hit(named, at, limit, 'given', 'medium') : undefined;
    }
    if (named) return this.#hit(named, at, limit, 'given');
    return this.#hit(given[0]!, at, limit, 'given', given.length > 1 ? 'low' : undefined);
  }

  #hit(form: NameForm, at: number, limit: number, rule: Rule, cert?: Certainty): Hit {
    const bare = at + form.text.length;
    const end = form.takesTribe && bare < limit && this.#tribeFollows(bare) ? bare + 1 : bare;
    const signed = form.proposed && rule === 'name' ? 'tagger' : rule;
    const sure = form.proposed ? (cert ?? 'medium') : cert;
    return { start: at, end, form, rule: signed, ...(sure ? { cert: sure } : {}) };
  }

  /** 族 or 部 directly behind a tribe belongs to its name, unless it begins another word (族帳, 部族, 部下). */
  #tribeFollows(at: number): boolean {
    return tribeFollows.test(this.#text.slice(at, at + 2));
  }

  /** 涇、原、儀、渭 and 涇、原、渭州: at least two prefectures joined by 、, one of them short. */
  #chain(at: number, limit: number): Hit[] {
    const hits: Hit[] = [];
    let place = at;
    for (;;) {
      const forms = this.#formsAt(place, limit).filter(({ type, in: phrases }) => type === 'placeName' && !phrases);
      const form = forms.find(({ use }) => use === 'full') ?? forms.find(({ use }) => use === 'place-short');
      if (!form) break;
      const end = place + form.text.length;
      hits.push({ start: place, end, form, rule: form.use === 'full' ? 'name' : 'chain' });
      const joint = this.#text[end];
      // A comma joins too where 、 goes on behind it: 靈，環、慶 in carelessly punctuated texts.
      if (joint !== '、' && !(joint === '，' && this.#text[end + 2] === '、')) break;
      place = end + 1;
    }
    const short = hits.filter(({ form }) => form.use === 'place-short').length;
    return hits.length > 1 && short > 0 && (short > 1 || this.#endsInPrefecture(hits)) ? hits : [];
  }

  /** One short name is enough where a full prefecture is beside it, or 州 and the like follow: 綏、宥諸州. */
  #endsInPrefecture(hits: readonly Hit[]): boolean {
    return hits.some(({ form }) => form.use === 'full' && form.text.endsWith('州'));
  }
}
