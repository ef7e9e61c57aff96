import { type AnnotatedText, annotate } from '../annotate/annotate.ts';
import { loadProposing } from '../annotate/load-tagger.ts';
import { parseCivilText } from '../calendar/civil-date.ts';
import { type DocumentConfig, type EditionConfig, idOf } from '../config/edition-config.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import { checkBrackets, checkCharacters } from '../source/check-characters.ts';
import { readSource } from '../source/source-document.ts';
import { type Tei, writeTei } from '../tei/write-tei.ts';

/** A converted document: its standoff form and its TEI. */
export interface ConvertedDocument {
  readonly document: DocumentConfig & { readonly id: string };
  readonly text: AnnotatedText;
  readonly tei: Tei;
}

/**
 * From the bytes of a source to TEI. Nothing is returned if an error was reported: what XML cannot hold and brackets
 * without a partner would make a wrong edition.
 */
export function convertDocument(
  bytes: Uint8Array,
  document: DocumentConfig,
  edition: EditionConfig,
  version: string,
  report: Report,
): ConvertedDocument | undefined {
  let failed = false;
  const watch: Report = (found) => {
    failed ||= found.severity === 'error';
    report(found);
  };
  const source = readSource(document.file, bytes);
  checkCharacters(source, watch);
  checkBrackets(source, watch);
  const start = document.start === undefined ? undefined : parseCivilText(document.start);
  if (document.start !== undefined && !start) {
    const message = `Unexpected start \`${document.start}\`, expected an era and a year as in \`咸平二年\`.`;
    watch(diagnostic('config/unknown-era', message, { file: document.file }));
  }
  if (failed) return undefined;
  const calendar = document.calendar === undefined ? {} : { calendar: document.calendar };
  const options = {
    authority: edition.authority,
    ...(start ? { start } : {}),
    ...calendar,
    ...(edition.recognition === 'propose' ? { propose: loadProposing() } : {}),
  };
  const text = annotate(source, options, watch);
  const id = document.id ?? idOf(document.file);
  const tei = writeTei(text, edition, { ...document, id }, { version });
  return failed ? undefined : { document: { ...document, id }, text, tei };
}
