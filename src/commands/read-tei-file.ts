import { diagnostic } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import { scanXml } from '../core/xml.ts';
import { checkWellFormed } from '../validate/check-well-formed.ts';
import { readUtf8 } from '../validate/read-utf8.ts';
import type { Terminal } from './command.ts';

/** A TEI file as read: its path and its text. */
export interface TeiFile {
  readonly path: string;
  readonly xml: string;
}

/** Reads a TEI file that has a body; anything else is reported and gives nothing. */
export function readTeiFile(path: string, terminal: Terminal): TeiFile | undefined {
  const bytes = path === '-' ? terminal.readInput() : readBytes(path);
  const xml = readUtf8(bytes, path, terminal.report);
  if (xml === undefined || !checkWellFormed(xml, path, terminal.report)) return undefined;
  if (!hasBody(xml)) {
    const message = 'Unexpected document without a `body`, expected TEI with text.';
    terminal.report(diagnostic('tei/not-weibian', message, { file: path }));
    return undefined;
  }
  return { path, xml };
}

function hasBody(xml: string): boolean {
  let found = false;
  scanXml(xml, {
    start({ local }) {
      found ||= local === 'body';
    },
  });
  return found;
}

/** Reads several; nothing if one of them has a fault. */
export function readTeiFiles(paths: readonly string[], terminal: Terminal): TeiFile[] | undefined {
  const files = paths.map((path) => readTeiFile(path, terminal));
  return files.every((file) => file !== undefined) ? (files as TeiFile[]) : undefined;
}
