import { dirname, join, resolve } from 'node:path';
import { type CheckedInputs, checkInputs } from '../batch/check-inputs.ts';
import { type InputFiles, inputFiles } from '../batch/input-files.ts';
import { FolderCache, memoryCache, type TextCache } from '../batch/text-cache.ts';
import { stateOf, untilChanged } from '../batch/watch-files.ts';
import { levels } from '../core/codes.ts';
import { writeFileAtomic } from '../core/files.ts';
import type { Checked } from '../report/checked.ts';
import { reportFormats, writeReport } from '../report/write-report.ts';
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts';
import { type ReportTarget, readCheckSettings, reportTarget } from './validate-options.ts';

export const validate: Command = {
  name: 'validate',
  summary: 'check TEI, edition.json and authority files',
  usage: 'FILE|FOLDER|GLOB…',
  formats: reportFormats,
  options: {
    report: { type: 'string', short: 'o' },
    until: { type: 'string' },
    source: { type: 'string' },
    edition: { type: 'string', short: 'e' },
    ignore: { type: 'string' },
    'no-ignore': { type: 'boolean' },
    max: { type: 'string' },
    strict: { type: 'boolean' },
    jobs: { type: 'string', short: 'j' },
    'no-cache': { type: 'boolean' },
    watch: { type: 'boolean', short: 'w' },
    schema: { type: 'string', multiple: true },
    phase: { type: 'string' },
    fix: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  help: {
    '-o, --report FILE': 'write a report there: FILE.sarif, FILE.xml (JUnit), FILE.html',
    '--until LEVEL': `stop after a level: ${levels.join(', ')}`,
    '--source FILE.txt': 'the text that the body of the one TEI file must equal',
    '--schema FILE': 'check against this schema (.rng or .sch) in place of ours; several may be given',
    '--phase ID': 'the phase of Schematron schemas to run',
    '-e, --edition FILE': 'edition.json: the TEI of a document must equal its source',
    '--ignore FILE': 'findings that do not count (default: weibian-ignore.json beside the files)',
    '--no-ignore': 'let all findings count',
    '--max N': 'show so many findings of a code in a file, 0 for all (default: 20)',
    '--strict': 'warnings fail the check, as errors do',
    '-j, --jobs N': 'check N files at a time (default: by cores and size)',
    '--no-cache': 'check again what an earlier run has checked',
    '--fix': 'put right what can be without touching the text: missing xml:id, unsorted lists, stale days',
    '--dry-run': 'with --fix: change nothing, show the changes, fail when there are some',
    '-w, --watch': 'check again when something changes, until Ctrl-C',
  },
  examples: [
    'weibian validate out/tei',
    'weibian validate edition.json "out/**/*.xml" --edition edition.json',
    'weibian validate out/tei --report report.html',
    'weibian validate juan3.xml --format sarif > juan3.sarif',
    'weibian validate letters --schema tei_all.rng --schema letters.sch',
  ],
  async run(values, names, terminal) {
    if (names.length === 0) throw new UsageError('validate takes files, folders or patterns');
    const target = reportTarget(values);
    const inputs = readInputs(names, target);
    if (inputs.unmatched.length > 0) throw new UsageError(`nothing to check in ${inputs.unmatched.join(', ')}`);
    const settings = readCheckSettings(values, inputs.files, terminal.version);
    if (values.fix) {
      const { fixInputs } = await import('./validate-fix.ts');
      await fixInputs(inputs.files, settings, values['dry-run'] === true, terminal);
      if (values['dry-run']) return;
    }
    const cache = openCache(values, terminal);
    const schemaFolder = cache instanceof FolderCache ? join(terminal.cacheFolder!, 'schemas') : undefined;
    const check = async ({ files }: InputFiles): Promise<CheckedInputs> => {
      const found = await checkInputs(
        files,
        { ...settings, ...(cache && { cache }), ...(schemaFolder !== undefined && { schemaFolder }) },
        terminal,
      );
      tell(found.checked, target, terminal);
      if (cache instanceof FolderCache) cache.prune();
      return found;
    };
    if (values.watch) await watch(() => readInputs(names, target), check, terminal);
    else await check(inputs);
  },
};

/** The report of the run before is no input. */
function readInputs(names: readonly string[], target: ReportTarget | undefined): InputFiles {
  const { files, ...others } = inputFiles(names);
  const report = target?.file === undefined ? undefined : resolve(target.file);
  return { ...others, files: files.filter((file) => file === '-' || resolve(file) !== report) };
}

function openCache(values: OptionValues, { cacheFolder }: Terminal): TextCache | undefined {
  if (cacheFolder !== undefined && !values['no-cache']) return new FolderCache(join(cacheFolder, 'results'));
  return values.watch ? memoryCache() : undefined;
}

function tell(checked: Checked, target: ReportTarget | undefined, terminal: Terminal): void {
  const { files, findings, strict } = checked;
  const counted = findings.filter(({ ignored }) => !ignored).map(({ diagnostic }) => diagnostic);
  counted.forEach(terminal.report);
  if (target) {
    const report = writeReport(checked, target.format);
    if (target.file === undefined) terminal.write(report);
    else writeFileAtomic(target.file, report);
  }
  const failed = counted.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'));
  const ignored = findings.length - counted.length;
  terminal.log(
    `${files.length} ${files.length === 1 ? 'file' : 'files'} checked, ${failed ? 'not valid' : 'valid'}` +
      `${ignored > 0 ? `, ${ignored} ignored` : ''}${target?.file === undefined ? '' : `; report in ${target.file}`}`,
  );
}

/** Checks, and checks again whenever an input, or a file that a check depends on, is another; never ends by itself. */
async function watch(
  readInputs: () => InputFiles,
  check: (inputs: InputFiles) => Promise<CheckedInputs>,
  terminal: Terminal,
): Promise<never> {
  terminal.endOnInterrupt();
  for (;;) {
    const inputs = readInputs();
    const before = stateOf(inputs.files);
    terminal.clear();
    const { dependencies } = await check(inputs);
    terminal.log('Watching for changes; Ctrl-C ends.');
    terminal.flush();
    if (stateOf(inputs.files) !== before) continue;
    const state = (files: readonly string[]): string => stateOf([...new Set([...files, ...dependencies])]);
    const folders = new Set([...inputs.folders, ...dependencies.map((file) => dirname(file))]);
    await untilChanged(state(inputs.files), () => state(readInputs().files), [...folders]);
  }
}
