import { type CatalogueEntry, catalogue } from '../core/codes.ts';
import { type Command, UsageError } from './command.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'what a diagnostic code means and what to do',
  usage: '[CODE]',
  options: {},
  help: {},
  examples: ['weibian explain source/unclosed-bracket', 'weibian explain'],
  async run(_values, files, terminal) {
    const [code, ...more] = files;
    if (more.length > 0) throw new UsageError('explain takes one code');
    const entries: Readonly<Record<string, CatalogueEntry>> = catalogue;
    if (code === undefined) {
      for (const [name, { title }] of Object.entries(entries)) terminal.write(`${name.padEnd(36)} ${title}\n`);
      return;
    }
    const entry = entries[code];
    if (!entry) throw new UsageError(`there is no code ${code}; \`weibian explain\` lists all`);
    terminal.write(`${explanation(code, entry)}\n`);
  },
};

/** What `explain CODE` says. */
export function explanation(
  code: string,
  { severity, level, title, why, help, section, wrong, right }: CatalogueEntry,
): string {
  const found = level === undefined ? '' : `, found at the level ${level}`;
  const example = (name: string, text: string | undefined): string[] =>
    text === undefined ? [] : ['', `${name}:`, ...text.split('\n').map((line) => `  ${line}`)];
  return [
    `${code} (${severity}${found})`,
    `${title}.`,
    '',
    why,
    '',
    `What to do: ${help}`,
    ...(section === undefined ? [] : [`See docs/encoding.md#${section}.`]),
    ...example('Wrong', wrong),
    ...example('Right', right),
  ].join('\n');
}
