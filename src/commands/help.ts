import type { Command } from './command.ts';

const commonOptions = {
  '--format text|json': 'diagnostics as text, or as JSON lines',
  '-q, --quiet': 'errors only',
  '-v, --verbose': 'notes too, not only errors and warnings',
  '-h, --help': 'this help',
} as const;

/** The help of `weibian --help`. */
export function generalHelp(commands: readonly Command[], version: string): string {
  return [
    `weibian${version && ` ${version}`}: TEI editions of classical Chinese chronicles`,
    '',
    'Usage: weibian COMMAND [options] [files]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`),
    '',
    'Options of every command:',
    ...optionLines(commonOptions),
    '',
    'Examples:',
    ...commands.slice(0, 4).map(({ examples }) => `  ${examples[0]}`),
    '',
    '`weibian COMMAND --help` tells more. Exit code: 0 clean, 1 errors in the input, 2 wrong usage.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp({ name, summary, usage, help, examples, formats }: Command): string {
  return [
    `weibian ${name}: ${summary}`,
    '',
    `Usage: weibian ${name} ${usage}`,
    '',
    'Options:',
    ...optionLines({ ...help, ...(formats ? withFormats(formats) : commonOptions) }),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** The options of every command, where --format takes more. */
function withFormats(formats: readonly string[]): Readonly<Record<string, string>> {
  const { '--format text|json': _short, ...others } = commonOptions;
  return { '--format FORMAT': `diagnostics as text or json; or a report: ${formats.join(', ')}`, ...others };
}

const optionLines = (options: Readonly<Record<string, string>>): string[] =>
  Object.entries(options).map(([option, meaning]) => `  ${option.padEnd(22)} ${meaning}`);
