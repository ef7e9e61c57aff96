import { type Diagnostic, diagnostic } from '../core/diagnostic.ts';

/** The diagnostic of a check that broke off: what was thrown, and where. */
export function notChecked(file: string, thrown: unknown): Diagnostic {
  const { message, stack = '' } = thrown instanceof Error ? thrown : { message: String(thrown) };
  const at = /([\w-]+\.[jt]s:\d+)/.exec(stack)?.[1];
  const text = `The check broke off${at ? ` at ${at}` : ''}: ${message.split('\n')[0]}`;
  return diagnostic('validate/not-checked', text, { file });
}
