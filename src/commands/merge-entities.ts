import { existsSync } from 'node:fs';
import { type AuthorityFiles, authorityKinds, readAuthority } from '../authority/authority.ts';
import { type EntityFile, planMerge } from '../authority/merge.ts';
import type { AnyEntity } from '../authority/names.ts';
import { readEditionConfig } from '../config/edition-config.ts';
import { diagnostic } from '../core/diagnostic.ts';
import { writeFileAtomic } from '../core/files.ts';
import { editJson, readJson } from '../core/json.ts';
import { readJsonText, withFolder } from './authority-files.ts';
import { type OptionValues, type Terminal, UsageError } from './command.ts';

/** Joins two entities of the authority files of an edition, and of a folder of proposals that it does not list yet. */
export function mergeEntities(values: OptionValues, words: readonly string[], terminal: Terminal): void {
  const [first, second, ...more] = words;
  if (first === undefined || second === undefined || more.length > 0) {
    throw new UsageError('authority merge takes the ids of two entities');
  }
  const folder = values.out === undefined ? undefined : String(values.out);
  const listed = listedFiles(values, folder !== undefined, terminal);
  if (!listed) return;
  const files = withFolder(listed, folder);
  readAuthority(files, terminal.report);
  if (hasErrors(terminal)) return;
  const texts = new Map<string, { mark: string; text: string }>();
  const contents = authorityKinds.flatMap((kind) =>
    files[kind].flatMap((path): EntityFile[] => {
      const read = readJsonText(path);
      texts.set(path, read);
      const content = readJson<Record<string, AnyEntity[]>>(read.text, path, kind, terminal.report);
      return content ? [{ path, kind, entities: content[kind] ?? [] }] : [];
    }),
  );
  const plan = planMerge(first, second, contents);
  if ('code' in plan) {
    terminal.report(plan);
    return;
  }
  for (const { path, edits } of plan.edits) {
    const { mark, text } = texts.get(path)!;
    writeFileAtomic(path, mark + editJson(text, edits));
  }
  terminal.log(plan.summary);
}

/** The authority files of the edition; none is needed where a folder is named. */
function listedFiles({ edition }: OptionValues, hasFolder: boolean, terminal: Terminal): AuthorityFiles | undefined {
  const file = String(edition ?? 'edition.json');
  if (existsSync(file)) {
    const read = readEditionConfig(file, terminal.report);
    return hasErrors(terminal) ? undefined : (read?.authorityFiles ?? {});
  }
  if (hasFolder && edition === undefined) return {};
  const message = `Unexpected missing file \`${file}\`, expected an edition.`;
  terminal.report(diagnostic('config/no-edition', message, { file }));
  return undefined;
}

const hasErrors = ({ diagnostics }: Terminal): boolean => diagnostics.some(({ severity }) => severity === 'error');
