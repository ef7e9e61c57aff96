import type { NameType } from '../annotate/annotation.ts';

/** xml:id of the entity of a name: the id of the authority file behind a prefix for its kind. */
export const entityId = {
  persName: (id: string): string => `pers.${id}`,
  placeName: (id: string): string => `place.${id}`,
  orgName: (id: string): string => `org.${id}`,
} as const satisfies Record<NameType, (id: string) => string>;

/** xml:id of a work. */
export const workId = (id: string): string => `work.${id}`;

/** xml:id of a person responsible for the edition. */
export const responsibleId = (id: string): string => `resp.${id}`;

/** xml:id of an entry: three figures at least, so that ids sort. */
export const entryId = (document: string, n: number): string => `${document}.e${String(n).padStart(3, '0')}`;

/** xml:id of the event of an entry. */
export const eventId = (document: string, n: number): string => `${document}.ev${String(n).padStart(3, '0')}`;

/** xml:id of the event of a year. */
export const yearId = (document: string, n: number): string => `${document}.y${n}`;

/** xml:id of a note. */
export const noteId = (document: string, n: number): string => `${document}.n${String(n).padStart(3, '0')}`;

/** xml:id of a described character. */
export const glyphId = (n: number): string => `char.${n}`;
