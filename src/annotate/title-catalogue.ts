import type { Work } from '../authority/authority.ts';
import { fold } from '../core/fold.ts';
import { lexiconWorks } from '../lexicon/lexicon.ts';

/** A title of the catalogue at a place of a text. */
export interface TitleHit {
  /** Length in UTF-16 units. */
  readonly length: number;
  readonly work: Work;
  /** The title is an ordinary word too: without brackets it needs more to show that it is a title. */
  readonly ordinary: boolean;
  /** UTF-16 units of the author's name that the title opens with (李燾長編); outside the citation. */
  readonly author: number;
}

interface Node {
  readonly next: Map<number, Node>;
  hit?: TitleHit;
}

/** The works by their titles and chapters, variant and simplified characters folded; remembers what was cited. */
export class TitleCatalogue {
  readonly #byTitle = new Map<string, Work>();
  readonly #bySection = new Map<string, Work>();
  readonly #byId = new Map<string, Work>();
  readonly #malformed = new Set<string>();
  readonly #cited = new Map<string, string>();
  readonly #first = new Array<Node | undefined>(0x10000);

  constructor(works: readonly Work[]) {
    for (const work of works) {
      this.#byId.set(work.id, work);
      for (const { text, type } of work.names ?? []) {
        this.#byTitle.set(fold(text), work);
        if (type === 'malformed') this.#malformed.add(fold(text));
      }
      for (const section of work.sections ?? []) this.#bySection.set(fold(section), work);
    }
    // A full title wins over the short title of another work.
    for (const work of works) this.#byTitle.set(fold(work.title), work);
    // An edition's own entry for 國史 need not say that the word is an ordinary one.
    const ordinary = new Set([...lexiconWorks, ...works].flatMap((work) => work.ordinary ?? []).map(fold));
    for (const [title, work] of this.#byTitle) {
      // One character is a title in marks only.
      if (title.length > 1 && !this.#malformed.has(title)) this.#plant(title, work, ordinary.has(title));
    }
  }

  #plant(title: string, work: Work, ordinary: boolean): void {
    let node: Node = { next: new Map() };
    const code = title.charCodeAt(0);
    node = this.#first[code] ??= node;
    for (let at = 1; at < title.length; at++) {
      const following = node.next.get(title.charCodeAt(at)) ?? { next: new Map() };
      node.next.set(title.charCodeAt(at), following);
      node = following;
    }
    node.hit = { length: title.length, work, ordinary, author: authorLength(title, work) };
  }

  /** The longest title that begins at a place of a folded text (UTF-16 unit). */
  longestAt(text: string, at: number): TitleHit | undefined {
    let node = this.#first[text.charCodeAt(at)];
    let hit = node?.hit;
    for (let next = at + 1; node && next < text.length; next++) {
      node = node.next.get(text.charCodeAt(next));
      hit = node?.hit ?? hit;
    }
    return hit;
  }

  /** The work of a folded title. */
  find(title: string): Work | undefined {
    return this.#byTitle.get(title);
  }

  /** The work that a folded chapter title names by itself. */
  bySection(section: string): Work | undefined {
    return this.#bySection.get(section);
  }

  byId(id: string): Work | undefined {
    return this.#byId.get(id);
  }

  /** Remembers a (folded) chapter that was cited with its work. */
  cite(section: string, work: string): void {
    this.#cited.set(section, work);
  }

  /** The work with which a (folded) chapter was cited last. */
  cited(section: string): string | undefined {
    return this.#cited.get(section);
  }

  isMalformed(title: string): boolean {
    return this.#malformed.has(title);
  }
}

/** 李燾長編 and 沈氏筆談 open with their author, 李燾 and 沈氏; 薛史 is a title. */
function authorLength(title: string, { title: full, author }: Work): number {
  if (author === undefined || title === fold(full)) return 0;
  const name = fold(author).replace(/等$/u, '');
  for (const one of [name, `${name.slice(0, 1)}氏`]) {
    if (title.startsWith(one) && title.length - one.length > 1) return one.length;
  }
  return 0;
}
