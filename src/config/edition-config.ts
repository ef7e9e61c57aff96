import { basename, dirname, extname, resolve } from 'node:path';
import { type Authority, type AuthorityFiles, readAuthority } from '../authority/authority.ts';
import type { Report } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import { readJson } from '../core/json.ts';

/** Someone responsible, as named in the header. */
export interface Responsible {
  readonly id: string;
  readonly name: string;
  readonly role?: string;
}

/** A character the source writes by its parts or by a private code, and what it is. */
export interface GlyphDescription {
  readonly text: string;
  readonly ids?: string;
  readonly standard?: string;
  readonly note?: string;
}

/** Whose civil calendar the dates of a document follow. */
export type CalendarName = 'song' | 'liao' | 'jin' | 'xia';

/** One text of an edition; becomes one TEI file. `file` is an absolute path once read. */
export interface DocumentConfig {
  readonly file: string;
  readonly id?: string;
  readonly juan?: number;
  readonly title?: string;
  /** Era and year in which the text starts: 咸平二年. */
  readonly start?: string;
  readonly calendar?: CalendarName;
}

/** What edition.json says of the print edition; see schemas/edition.schema.json and docs/print.md. */
export interface LayoutConfig {
  readonly preset?: 'keben' | 'qianyin' | 'horizontal';
  /** A name of layout/page-sizes.ts, or a size in millimetres. */
  readonly page?: string | { readonly width: number; readonly height: number };
  readonly margin?: {
    readonly top?: number;
    readonly bottom?: number;
    readonly spine?: number;
    readonly outer?: number;
  };
  /** Columns of a vertical page and cells of a column; lines of a horizontal page and characters of a line. */
  readonly columns?: number;
  readonly cells?: number;
  readonly indent?: number;
  readonly punctuation?: 'judou' | 'full' | 'none';
  readonly titles?: 'line' | 'brackets';
  readonly ruby?: boolean;
  readonly apparatus?: 'end' | 'side' | 'none';
  readonly sheet?: 'half' | 'leaf';
  /** TrueType fonts of one's own, which are asked for a character first; paths count from edition.json. */
  readonly fonts?: readonly string[];
  /** Generated parts that the book is to have or not: all that are not empty, unless this says otherwise. */
  readonly matter?: {
    readonly principles?: boolean;
    readonly contents?: boolean;
    readonly indexes?: boolean;
    readonly interventions?: boolean;
    readonly glyphs?: boolean;
    readonly order?: 'stroke' | 'pinyin';
  };
}

/** What edition.json says of the website; see schemas/edition.schema.json. */
export interface SiteConfig {
  readonly direction?: 'vertical' | 'horizontal';
  readonly split?: number;
}

/** What the header says of an edition. Dates as 2026-11-23. */
export interface Metadata {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly editors: readonly Responsible[];
  readonly contributors?: readonly Responsible[];
  readonly edition?: string;
  readonly publisher: string;
  readonly place?: string;
  /** Absent only where a text is converted outside an edition. */
  readonly date?: string;
  readonly identifier?: string;
  /** Where the site will stand: citations then give full addresses. */
  readonly url?: string;
  readonly licence: { readonly name: string; readonly url: string };
  readonly source: {
    readonly author?: string;
    readonly title?: string;
    readonly publisher?: string;
    readonly place?: string;
    readonly date?: string;
    readonly description: string;
    readonly url?: string;
  };
  readonly project?: string;
  readonly principles?: Readonly<
    Partial<Record<'correction' | 'normalization' | 'punctuation' | 'interpretation', string>>
  >;
  readonly glyphs?: readonly GlyphDescription[];
}

/** `authority`: only entities of the authority files are marked; `propose`: also what tagger and lexicons find, for review. */
export type Recognition = 'authority' | 'propose';

/** edition.json, with absolute paths, and the content of its authority files. */
export interface EditionConfig extends Metadata {
  /** The folder of edition.json. */
  readonly folder: string;
  readonly documents: readonly DocumentConfig[];
  readonly authority: Authority;
  /** The files that the authority was read from, absolute paths; absent outside an edition. */
  readonly authorityFiles?: AuthorityFiles;
  readonly recognition: Recognition;
  readonly layout: LayoutConfig;
  readonly site?: SiteConfig;
}

type EditionFile = Metadata & {
  readonly documents: readonly DocumentConfig[];
  readonly authority?: AuthorityFiles;
  readonly recognition?: Recognition;
  readonly layout?: LayoutConfig;
  readonly site?: SiteConfig;
};

/** Reads edition.json and its authority files; nothing if edition.json itself has a fault (all faults are reported). */
export function readEditionConfig(path: string, report: Report): EditionConfig | undefined {
  const read = readJson<EditionFile>(new TextDecoder().decode(readBytes(path)), path, 'edition', report);
  if (!read) return undefined;
  const folder = dirname(resolve(path));
  const absolute = (files: readonly string[] = []): string[] => files.map((file) => resolve(folder, file));
  const { persons, places, orgs, works } = read.authority ?? {};
  const authorityFiles = {
    persons: absolute(persons),
    places: absolute(places),
    orgs: absolute(orgs),
    works: absolute(works),
  };
  const authority = readAuthority(authorityFiles, report);
  const documents = read.documents.map((document) => ({ ...document, file: resolve(folder, document.file) }));
  return {
    ...read,
    folder,
    documents,
    authority,
    authorityFiles,
    recognition: read.recognition ?? 'authority',
    layout: read.layout ?? {},
  };
}

/** An xml:id from a file name: letters and figures of any script stay, the rest becomes hyphens. */
export function idOf(file: string): string {
  const stem = basename(file, extname(file)).replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return /^[\p{L}_]/u.test(stem) ? stem : `text-${stem}`;
}
