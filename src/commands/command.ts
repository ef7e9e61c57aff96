import type { ParseArgsConfig } from 'node:util';
import type { Diagnostic, Report } from '../core/diagnostic.ts';

/** Values of the options of a command line. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** What a command may do to the outside: the only way to the console. */
export interface Terminal {
  /** Writes to standard output. */
  write(content: string | Uint8Array): void;
  /** Adds a line to the summary, written to standard error after the diagnostics. */
  log(line: string): void;
  /** Shows what is being done, on a terminal only; the next message takes its place. */
  progress(message: string): void;
  /** Reads standard input to its end. */
  readInput(): Uint8Array;
  /** Collects a diagnostic; all are printed when the command ends. */
  readonly report: Report;
  readonly diagnostics: readonly Diagnostic[];
  readonly version: string;
  /** Seconds since the process began, for summaries. */
  seconds(): number;
  /** Folder for what can be made again, kept from run to run; undefined where the system names none. */
  readonly cacheFolder: string | undefined;
  /** Prints what was reported and the summary so far, and forgets both: for a command that goes on. */
  flush(): void;
  /** Clears the screen, on a terminal only. */
  clear(): void;
  /** From now on Ctrl-C ends the command as if it had come to its end without errors. */
  endOnInterrupt(): void;
}

/** One verb of the command line. `run` returns normally even when diagnostics were reported; it throws UsageError for wrong usage. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The rest of the usage line. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Option → what it does, in the order of the help. */
  readonly help: Readonly<Record<string, string>>;
  readonly examples: readonly string[];
  /** What --format takes beside text and json. */
  readonly formats?: readonly string[];
  run(values: OptionValues, files: readonly string[], terminal: Terminal): Promise<void>;
}

/** A command line that cannot be carried out: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
