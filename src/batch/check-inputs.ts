import type { Level } from '../core/codes.ts';
import type { Diagnostic, Report } from '../core/diagnostic.ts';
import { readQuietly } from '../core/files.ts';
import { byPlace } from '../report/by-place.ts';
import type { Checked, Finding } from '../report/checked.ts';
import type { CheckOptions } from './check-file.ts';
import { checkFiles } from './check-files.ts';
import { ignoreFilesFor } from './ignore-files.ts';
import type { IgnoreContext } from './ignore-list.ts';
import { type CheckResult, ResultCache } from './result-cache.ts';
import type { TextCache } from './text-cache.ts';
import { toolFingerprint } from './tool-fingerprint.ts';

/** What is asked of a run of checks. */
export interface CheckSettings {
  readonly until?: Level;
  /** The source text that the TEI must equal. */
  readonly source?: string;
  /** edition.json: each TEI of a document of it must equal the source of the document. */
  readonly edition?: string;
  /** Schemas in place of weibian's own and of those that documents name, and the phase of Schematron. */
  readonly schemas?: readonly string[];
  readonly phase?: string;
  /** Where compiled schemas are kept. */
  readonly schemaFolder?: string;
  /** The list of findings that do not count, in place of those found beside the files; false for none. */
  readonly ignore?: string | false;
  readonly jobs?: number;
  readonly cache?: TextCache;
  readonly strict: boolean;
  readonly version: string;
}

/** What a run may do to the outside. */
export interface CheckShell {
  readInput(): Uint8Array;
  progress(message: string): void;
}

/** The outcome of a run, and every file that it depends on, there or not. */
export interface CheckedInputs {
  readonly checked: Checked;
  readonly dependencies: readonly string[];
}

/** Checks TEI and JSON files and sets aside what the lists of ignored findings name. */
export async function checkInputs(
  files: readonly string[],
  settings: CheckSettings,
  shell: CheckShell,
): Promise<CheckedInputs> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (found) => diagnostics.push(found);
  const texts = new Texts(shell);
  const json = files.filter((file) => file.endsWith('.json'));
  const tei = files.filter((file) => !file.endsWith('.json'));
  // What few runs need is loaded when it is needed: a run that knows all results is quick.
  const usedByJson = json.length === 0 ? [] : (await import('./check-json.ts')).checkJson(json, report);
  const results = await checkTei(tei, settings, { ...shell, readInput: () => texts.input() }, report);
  for (const result of results) result.diagnostics.forEach(report);
  const candidates = ignoreCandidates(files, settings.ignore);
  const present = candidates.filter(({ file, named }) => named || readQuietly(file) !== undefined);
  const context = {
    checkedFiles: files,
    textOf: (file: string) => texts.of(file),
    ...(settings.until !== undefined && { until: settings.until }),
  };
  const findings = await ignore(present, diagnostics, context);
  findings.sort((a, b) => byPlace(a.diagnostic, b.diagnostic));
  const { version, strict } = settings;
  const dependencies = [
    ...[...files, ...usedByJson, ...candidates.map(({ file }) => file)],
    ...results.flatMap(({ reads }) => reads.map(([path]) => path)),
    ...(settings.edition === undefined ? [] : [settings.edition]),
  ];
  const checked = { files: [...files].sort(), findings, textOf: context.textOf, version, strict };
  return { checked, dependencies: [...new Set(dependencies)].filter((file) => file !== '-') };
}

/** How each TEI file of a run is checked. */
export async function checkOptions(
  { until, source, edition, schemas, phase, schemaFolder }: CheckSettings,
  report: Report,
): Promise<CheckOptions> {
  const sources =
    edition === undefined ? undefined : (await import('./edition-sources.ts')).editionSources(edition, report);
  return {
    ...(until && { until }),
    ...(source !== undefined && { source }),
    ...(sources && { sources }),
    ...(schemas && { schemas }),
    ...(phase !== undefined && { phase }),
    ...(schemaFolder !== undefined && { schemaFolder }),
  };
}

async function checkTei(
  files: readonly string[],
  settings: CheckSettings,
  shell: CheckShell,
  report: Report,
): Promise<CheckResult[]> {
  if (files.length === 0) return [];
  const { jobs, cache, version } = settings;
  const check = await checkOptions(settings, report);
  const results = cache && new ResultCache(cache, toolFingerprint(version) + JSON.stringify(check));
  const options = { check, ...(jobs !== undefined && { jobs }), ...(results && { cache: results }) };
  return checkFiles(files, { ...options, readInput: shell.readInput, progress: shell.progress });
}

async function ignore(
  present: readonly { readonly file: string; readonly named: boolean }[],
  diagnostics: Diagnostic[],
  context: IgnoreContext,
): Promise<Finding[]> {
  if (present.length === 0) return withoutRepetition(diagnostics).map((diagnostic) => ({ diagnostic }));
  const { applyIgnoreLists, readIgnoreList } = await import('./ignore-list.ts');
  const report: Report = (found) => diagnostics.push(found);
  const lists = present.flatMap(({ file, named }) => readIgnoreList(file, named, report) ?? []);
  return applyIgnoreLists(lists, withoutRepetition(diagnostics), context);
}

/** The lists that hold: the one named by hand, or those that may stand beside the files. */
function ignoreCandidates(
  files: readonly string[],
  ignore: string | false | undefined,
): { readonly file: string; readonly named: boolean }[] {
  if (ignore === false) return [];
  if (ignore !== undefined) return [{ file: ignore, named: true }];
  return ignoreFilesFor(files).map((file) => ({ file, named: false }));
}

/** A list may be checked as an input, and read again to be applied: what is wrong with it is told once. */
function withoutRepetition(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map(diagnostics.map((found) => [JSON.stringify(found), found]));
  return [...seen.values()];
}

/** The texts of a run, for code frames and ignored findings. */
class Texts {
  readonly #shell: CheckShell;
  readonly #known = new Map<string, string | undefined>();
  #input: Uint8Array | undefined;

  constructor(shell: CheckShell) {
    this.#shell = shell;
  }

  input(): Uint8Array {
    this.#input ??= this.#shell.readInput();
    return this.#input;
  }

  of(file: string): string | undefined {
    if (!this.#known.has(file)) {
      const bytes = file === '-' ? this.#input : readQuietly(file);
      this.#known.set(file, bytes && new TextDecoder().decode(bytes));
    }
    return this.#known.get(file);
  }
}
