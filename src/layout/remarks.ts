import { flatten, type Inline } from './book.ts';
import type { Format } from './format.ts';
import { chineseDigits } from './numerals.ts';
import { setUnits, type Unit } from './units.ts';

/** A 校記 with its number, 〔一〕. */
export interface NumberedRemark {
  readonly label: string;
  readonly content: readonly Inline[];
}

/** A remark and the index of the unit it is anchored to. */
export interface AnchoredRemark extends NumberedRemark {
  readonly at: number;
}

/**
 * Numbers the 校記 of a block from `first` on. The numbers stand in units of their own behind the anchors, or on the
 * units themselves; without apparatus there are none.
 */
export function numberRemarks(
  units: readonly Unit[],
  first: number,
  format: Format,
): { readonly units: readonly Unit[]; readonly remarks: readonly AnchoredRemark[] } {
  if (format.apparatus === 'none') return { units, remarks: [] };
  const inCells = format.apparatus === 'side' || format.numbers === 'cell';
  const numbered: Unit[] = [];
  const remarks: AnchoredRemark[] = [];
  for (const unit of units) {
    numbered.push(unit);
    const anchor = numbered.length - 1;
    for (const remark of unit.remarks ?? []) {
      const label = `〔${chineseDigits(String(first + remarks.length))}〕`;
      remarks.push({ label, content: flatten(remark.content), at: anchor });
      const note = remark.note === unit.note ? unit.note : undefined;
      if (inCells) numbered.push(...numberUnits(label, note === undefined ? 'small' : 'whole', note));
      else unit.number = (unit.number ?? '') + label;
    }
  }
  return { units: numbered, remarks };
}

/**
 * A number as units that stay with the word before them: one, or two where it has several figures; in notes and lists a
 * unit for each character.
 */
function numberUnits(label: string, size: 'small' | 'whole', note?: number): Unit[] {
  const characters = [...label];
  const middle = Math.floor(characters.length / 2);
  const halves = [characters.slice(0, middle).join(''), characters.slice(middle).join('')];
  const texts = size === 'whole' ? characters : characters.length > 3 ? halves : [label];
  return texts.map((text) => ({
    text,
    before: '',
    after: '',
    kinsoku: 'joined',
    generated: true,
    ...(note !== undefined && { note }),
  }));
}

/** The units of a remark in a list or beside a column: its number, then its words. */
export function remarkUnits({ label, content }: NumberedRemark, format: Format): Unit[] {
  return [...numberUnits(label, 'whole'), ...setUnits(content, format)];
}
