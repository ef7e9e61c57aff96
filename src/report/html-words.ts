import type { Severity } from '../core/diagnostic.ts';
import type { Finding } from './checked.ts';
import { type Markup, markup } from './markup.ts';

/** Severities from the gravest, and what they are called in reports. */
export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];
export const severityNames: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** How many findings of a severity count. */
export const count = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter(({ ignored, diagnostic }) => !ignored && diagnostic.severity === severity).length;

export const countIgnored = (findings: readonly Finding[]): number => findings.filter(({ ignored }) => ignored).length;

/** `1 file`, `2 files`. */
export const plural = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

/** Prose of messages: what stands between backticks is code. */
export function prose(text: string): readonly Markup[] {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? markup`<code>${shownText(part)}</code>` : markup`${shownText(part)}`));
}

/** Characters that turn the direction of a line are named instead of obeyed. */
export function shownText(text: string): readonly Markup[] {
  return text.split(/(\p{Bidi_Control})/u).map((part, at) => {
    if (at % 2 === 0) return markup`${part}`;
    const name = part.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return markup`<span class="character">U+${name}</span>`;
  });
}
