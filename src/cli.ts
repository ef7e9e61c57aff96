#!/usr/bin/env node
import { readFileSync, statSync, writeSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, type OptionValues, type Terminal, UsageError } from './commands/command.ts';
import { commandHelp, generalHelp } from './commands/help.ts';
import { loadCommand } from './commands/load-command.ts';
import { type Diagnostic, DiagnosticError } from './core/diagnostic.ts';
import { packageRoot } from './core/package-root.ts';
import { byPlace } from './report/by-place.ts';
import { countLine, printDiagnostics } from './report/print-diagnostics.ts';

// The only file that touches process and console: arguments in, exit code out (0 clean, 1 errors in the input, 2 wrong usage).

const common = {
  format: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  verbose: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const;

const { version } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string };

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const { allCommands } = await import('./commands/all-commands.ts');
    writeAll(1, generalHelp(allCommands, version));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V') {
    writeAll(1, `${version}\n`);
    return 0;
  }
  const command = await loadCommand(name);
  if (!command) throw new UsageError(`there is no command ${name}; \`weibian --help\` lists all`);
  const { values, positionals } = readArguments(command, rest);
  if (values.help) {
    writeAll(1, commandHelp(command));
    return 0;
  }
  const shell = terminal(values);
  try {
    await command.run(values, positionals, shell);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    shell.report(error.diagnostic);
  } finally {
    shell.progress('');
  }
  const failed = shell.diagnostics.some(
    ({ severity }) => severity === 'error' || (values.strict === true && severity === 'warning'),
  );
  shell.flush();
  return failed ? 1 : 0;
}

function readArguments(command: Command, rest: readonly string[]): { values: OptionValues; positionals: string[] } {
  try {
    const parsed = parseArgs({ args: [...rest], options: { ...command.options, ...common }, allowPositionals: true });
    const values = parsed.values as OptionValues;
    const formats = ['text', 'json', ...(command.formats ?? [])];
    if (values.format !== undefined && !formats.includes(String(values.format))) {
      throw new UsageError(`--format takes ${formats.join(', ').replace(/, (\w+)$/, ' or $1')}`);
    }
    return { values, positionals: parsed.positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError((error as Error).message.split('. ')[0]!, { cause: error });
  }
}

function terminal(values: OptionValues): Terminal {
  const diagnostics: Diagnostic[] = [];
  const lines: string[] = [];
  let input: Uint8Array | undefined;
  let shown = 0;
  const clearLine = (): void => {
    if (shown > 0) writeAll(2, `\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    write: (content) => writeAll(1, content),
    log: (line) => lines.push(line),
    progress: (message) => {
      clearLine();
      if (values.quiet || !process.stderr.isTTY || message === '') return;
      const line = `… ${message}`;
      writeAll(2, line);
      shown = [...line].length * 2;
    },
    readInput: () => {
      input = readFileSync(0);
      return input;
    },
    report: (found) => diagnostics.push(found),
    diagnostics,
    version,
    seconds: () => performance.now() / 1000,
    cacheFolder: cacheFolder(),
    flush: () => {
      clearLine();
      showDiagnostics(diagnostics.splice(0), values, (file) => textOf(file, input));
      for (const line of lines.splice(0)) if (!values.quiet) writeAll(2, `${line}\n`);
    },
    clear: () => {
      if (process.stderr.isTTY) writeAll(2, '\u001B[2J\u001B[3J\u001B[H');
    },
    endOnInterrupt: () => void process.once('SIGINT', () => process.exit(0)),
  };
}

/** Where the system keeps what can be made again. */
function cacheFolder(): string | undefined {
  const { HOME, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base = process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME || (HOME && join(HOME, '.cache'));
  return base && isAbsolute(base) ? join(base, 'weibian') : undefined;
}

/** Errors always, warnings unless --quiet, notes with --verbose; in the order of files and places. JSON holds all. */
function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  values: OptionValues,
  textOf: (file: string) => string | undefined,
): void {
  const format = values.format === 'json' ? 'json' : 'text';
  const hidden = values.quiet ? ['warning', 'info'] : values.verbose || format === 'json' ? [] : ['info'];
  const wanted = diagnostics.filter(({ severity }) => !hidden.includes(severity)).sort(byPlace);
  const files = new Set(wanted.flatMap(({ file }) => (file === undefined ? [] : [file])));
  const color = process.env.NO_COLOR === undefined && process.stderr.isTTY === true;
  const perCode = values.max === undefined ? {} : { perCode: Number(values.max) || Number.POSITIVE_INFINITY };
  const paths = values.verbose === true;
  const lines = printDiagnostics(wanted, { format, color, textOf, paths, ...perCode });
  if (lines.length > 0) writeAll(2, `${lines.join('\n')}\n`);
  if (format === 'text' && wanted.length > 0) writeAll(2, `${countLine(wanted, files.size)}\n`);
}

/** The text of a file, or of standard input, for code frames. */
function textOf(file: string, input: Uint8Array | undefined): string | undefined {
  if (file === '-') return input && new TextDecoder().decode(input);
  return isReadable(file) ? new TextDecoder().decode(readFileSync(file)) : undefined;
}

/** Large files would cost more to read again than their code frames are worth. */
function isReadable(file: string): boolean {
  try {
    const found = statSync(file);
    return found.isFile() && found.size < 20_000_000;
  } catch {
    return false;
  }
}

/** Writes everything, also to a pipe that takes it piece by piece. */
function writeAll(descriptor: 1 | 2, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}

/** The exit code of a run, its failures told. */
async function run(argv: readonly string[]): Promise<number> {
  try {
    return await main(argv);
  } catch (error) {
    if (error instanceof UsageError) {
      writeAll(2, `weibian: ${error.message}\nRun \`weibian --help\` for the commands and their options.\n`);
    } else {
      writeAll(2, `weibian: this is a fault of weibian, please report it.\n${(error as Error).stack}\n`);
    }
    return 2;
  }
}

// All is written by now: leaving at once spares the time in which Node would take its heap down.
process.exit(await run(process.argv.slice(2)));
