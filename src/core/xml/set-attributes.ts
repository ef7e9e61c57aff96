import { readMarkup } from './markup.ts';

/** A change of a text: the units from `start` to `end` (UTF-16) become another text. */
export interface UnitEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The changes that give attributes of the start tag at a `<` other values; those that it lacks are put behind its name. */
export function setAttributes(text: string, at: number, values: Readonly<Record<string, string>>): UnitEdit[] {
  const tag = readMarkup(text, at);
  if ('code' in tag || (tag.kind !== 'start' && tag.kind !== 'empty'))
    throw new Error(`there is no start tag at ${at}`);
  return Object.entries(values).map(([name, value]) => {
    const attribute = tag.attributes.find((one) => one.name === name);
    const escaped = value.replace(/[&<"']/g, (character) => `&#${character.charCodeAt(0)};`);
    if (attribute) return { start: attribute.end - 1 - attribute.value.length, end: attribute.end - 1, text: escaped };
    const behind = at + 1 + tag.name.length;
    return { start: behind, end: behind, text: ` ${name}="${escaped}"` };
  });
}
