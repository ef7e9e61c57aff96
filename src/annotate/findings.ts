import type { Lexicon } from '../lexicon/lexicon.ts';
import type { TextWorld } from './rank-persons.ts';
import type { TaggedForm } from './tagged-names.ts';
import type { TakenUnits } from './tokens.ts';

/** What the proposals of one text share. */
export interface Findings {
  /** Folded. */
  readonly text: string;
  readonly taken: readonly TakenUnits[];
  readonly lexicon: Lexicon;
  /** All forms that the tagger found, by their folded text. */
  readonly tagged: ReadonlyMap<string, TaggedForm>;
  /** Time and states that the text speaks of. */
  readonly world: TextWorld;
  /** Words of the lexicons that the text has. */
  readonly present: ReadonlySet<string>;
  /** Forms by which the editor's entities are known, folded. */
  readonly known: ReadonlySet<string>;
  /** The form as the text writes it. */
  readonly spell: (form: string) => string;
  readonly id: () => string;
}
