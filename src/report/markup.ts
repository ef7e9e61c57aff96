/** Text in which every special character is escaped, for HTML and XML alike. Made by {@link markup} only. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | undefined | Markup | readonly Value[];

/** A template of markup: strings between the braces are escaped, markup stays, lists are joined, undefined is nothing. */
export function markup(pieces: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(pieces.map((piece, at) => piece + (at < values.length ? written(values[at]) : '')).join(''));
}

function written(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(written).join('');
  return escaped(String(value));
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes what has a meaning in markup; what XML cannot hold becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\u{FFFD}')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/g, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => references[character]!);
}
