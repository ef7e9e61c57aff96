import { existsSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import type { AnnotatedText } from '../annotate/annotate.ts';
import { proposalsForReview } from '../annotate/review-proposals.ts';
import { type AuthorityFiles, type AuthorityKind, authorityKinds, readAuthority } from '../authority/authority.ts';
import { type EditionConfig, readEditionConfig } from '../config/edition-config.ts';
import { checkWritable, readBytes, writeFileAtomic } from '../core/files.ts';
import { appendItems } from '../core/json.ts';
import { fileInFolder, readJsonText, withFolder } from './authority-files.ts';
import { type OptionValues, type Terminal, UsageError } from './command.ts';
import { convertDocument } from './convert-document.ts';
import { defaultEdition } from './default-edition.ts';

/**
 * Writes what a text or the texts of an edition propose into the authority files of a folder. Files that are there keep
 * every byte; entries are added for names that no file has and nobody has rejected.
 */
export function proposeEntities(values: OptionValues, words: readonly string[], terminal: Terminal): void {
  const [file, ...more] = words;
  const folder = values.out === undefined ? undefined : String(values.out);
  if (file === undefined || more.length > 0 || folder === undefined) {
    throw new UsageError('authority propose takes a text file or edition.json, and -o with a folder for the proposals');
  }
  const edition = editionFor(file, values, terminal);
  if (!edition || hasErrors(terminal)) return;
  checkWritable(folder);
  const authority = readAuthority(withFolder(edition.authorityFiles ?? {}, folder), terminal.report);
  if (hasErrors(terminal)) return;
  const texts = annotateAll({ ...edition, authority, recognition: 'propose' }, terminal);
  if (!texts) return;
  const proposals = proposalsForReview(texts, authority, (path) => basename(path));
  const kinds = authorityKinds.filter((kind) => proposals[kind].length > 0);
  for (const kind of kinds) {
    const path = fileInFolder(folder, kind);
    const { mark, text } = existsSync(path) ? readJsonText(path) : { mark: '', text: newFile(kind) };
    writeFileAtomic(path, mark + appendItems(text, kind, proposals[kind]));
    terminal.log(`${path}: ${proposals[kind].length} new`);
  }
  if (kinds.length === 0) terminal.log('Nothing new: every name is in the files, or rejected.');
  else adviseListing(folder, edition, terminal);
}

const hasErrors = ({ diagnostics }: Terminal): boolean => diagnostics.some(({ severity }) => severity === 'error');

/** The edition, or one text with the authority files of an edition if one is named, else with none but the folder's. */
function editionFor(file: string, values: OptionValues, terminal: Terminal): EditionConfig | undefined {
  if (file.endsWith('.json')) return readEditionConfig(file, terminal.report);
  const edition =
    values.edition === undefined
      ? defaultEdition(file, undefined, terminal.report)
      : readEditionConfig(String(values.edition), terminal.report);
  if (!edition) return undefined;
  const known = edition.documents.find((document) => resolve(document.file) === resolve(file));
  const start = values.start === undefined ? {} : { start: String(values.start) };
  return { ...edition, documents: [{ ...known, file, ...start }] };
}

/** The texts with their proposals; of the diagnostics only errors, as the rest is for those who convert. */
function annotateAll(edition: EditionConfig, terminal: Terminal): AnnotatedText[] | undefined {
  const texts = edition.documents.map((document) => {
    const file = relative('.', document.file);
    terminal.progress(`reading ${file}`);
    const converted = convertDocument(readBytes(file), { ...document, file }, edition, terminal.version, (found) => {
      if (found.severity === 'error') terminal.report(found);
    });
    return converted?.text;
  });
  return texts.every((text) => text !== undefined) ? (texts as AnnotatedText[]) : undefined;
}

function newFile(kind: AuthorityKind): string {
  const comment =
    'Proposals of weibian, for review. Accept an entry by deleting its "status"; write "rejected" there if it is wrong; join two with `weibian authority merge ID1 ID2`.';
  return `${JSON.stringify({ comment, [kind]: [] }, undefined, 2)}\n`;
}

/** Files that the edition does not know have no effect on it. */
function adviseListing(folder: string, { folder: home, authorityFiles = {} }: EditionConfig, terminal: Terminal): void {
  const unlisted = authorityKinds
    .map((kind) => ({ kind, path: fileInFolder(folder, kind) }))
    .filter(({ kind, path }) => existsSync(path) && !isListed(authorityFiles, kind, path))
    .map(({ kind, path }) => `"${kind}": ["${relative(home, path).replaceAll('\\', '/')}"]`);
  if (unlisted.length > 0)
    terminal.log(`To use them, add them in edition.json under "authority": ${unlisted.join(', ')}`);
}

const isListed = (files: AuthorityFiles, kind: AuthorityKind, path: string): boolean =>
  (files[kind] ?? []).includes(resolve(path));
