import type { CheckSettings } from '../batch/check-inputs.ts';
import { type Level, levels } from '../core/codes.ts';
import { formatOfFile, type ReportFormat, reportFormats } from '../report/write-report.ts';
import { type OptionValues, UsageError } from './command.ts';

/** The report that is asked for: its format, and its file where it is not for standard output. */
export interface ReportTarget {
  readonly format: ReportFormat;
  readonly file?: string;
}

/** The report that --format and --report ask for; undefined for none. */
export function reportTarget({ format, report }: OptionValues): ReportTarget | undefined {
  const named = reportFormats.find((one) => one === format);
  if (report === undefined) return named && { format: named };
  const file = String(report);
  const found = named ?? formatOfFile(file);
  if (!found)
    throw new UsageError(`--report ${file}: name it .sarif, .xml or .html, or give --format sarif|junit|html`);
  return { format: found, file };
}

/** What is to be checked and how, but for the cache. */
export function readCheckSettings(values: OptionValues, files: readonly string[], version: string): CheckSettings {
  const { until, source, edition, ignore } = values as Readonly<Record<string, string | undefined>>;
  const level = levels.find((one) => one === until);
  if (until !== undefined && !level) throw new UsageError(`--until takes a level: ${levels.join(', ')}`);
  if (source !== undefined && files.length !== 1) throw new UsageError('--source goes with one TEI file');
  if (ignore !== undefined && values['no-ignore']) throw new UsageError('--ignore and --no-ignore exclude each other');
  if (values.watch && files.includes('-')) throw new UsageError('--watch cannot watch standard input');
  if (values['dry-run'] && !values.fix) throw new UsageError('--dry-run goes with --fix');
  if (values.fix && (values.watch || files.includes('-')))
    throw new UsageError('--fix goes with files, and not with --watch');
  const jobs = wholeNumber(values, 'jobs', 1);
  wholeNumber(values, 'max', 0);
  return {
    ...(level && { until: level satisfies Level }),
    ...(source !== undefined && { source }),
    ...(edition !== undefined && { edition }),
    ...(values.schema !== undefined && { schemas: values.schema as unknown as readonly string[] }),
    ...(values.phase !== undefined && { phase: String(values.phase) }),
    ...(jobs !== undefined && { jobs }),
    ...(values['no-ignore'] ? { ignore: false } : ignore !== undefined && { ignore }),
    strict: values.strict === true,
    version,
  };
}

function wholeNumber(values: OptionValues, name: string, least: number): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  if (!/^\d{1,6}$/.test(String(value)) || Number(value) < least) {
    throw new UsageError(`--${name} takes a whole number from ${least}`);
  }
  return Number(value);
}
