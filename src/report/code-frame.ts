/** A line of a file as it is shown, and the marks to print under it. */
export interface CodeFrame {
  readonly number: string;
  readonly text: string;
  readonly mark: string;
}

/** The part of a line that is shown, in three: before the mark, under it, behind it; `…` where the line was cut. */
export interface LineParts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/**
 * The part of a line around a column (1-based, code points) in at most `width` terminal cells; marked are the columns
 * up to `end` (exclusive; to the end of the line when absent). A Han character is two cells wide.
 */
export function cutLine(line: string, column: number, end: number | undefined, width: number): LineParts {
  const points = [...line].map(shown);
  const at = Math.min(column - 1, points.length);
  const { from, to } = cut(points, at, width);
  const until = Math.min(Math.max(end === undefined ? points.length : end - 1, at + 1), to);
  return {
    before: `${from > 0 ? '…' : ''}${points.slice(from, at).join('')}`,
    marked: points.slice(at, until).join(''),
    after: `${points.slice(until, to).join('')}${to < points.length ? '…' : ''}`,
  };
}

/** {@link cutLine} with `^` under the marked columns. */
export function codeFrame(
  line: string,
  { line: number, column }: { line: number; column: number },
  end: number | undefined,
  width: number,
): CodeFrame {
  const { before, marked, after } = cutLine(line, column, end, width);
  const mark = `${' '.repeat(cells([...before]))}${'^'.repeat(Math.max(1, cells([...marked])))}`;
  return { number: String(number), text: `${before}${marked}${after}`, mark };
}

/** The window of a line that fits: a third of the width before the place, the rest after it. */
function cut(points: readonly string[], at: number, width: number): { from: number; to: number } {
  if (cells(points) <= width) return { from: 0, to: points.length };
  const room = width - 2;
  let from = at;
  let used = 0;
  while (from > 0 && used + cells([points[from - 1]!]) <= room / 3) used += cells([points[--from]!]);
  let to = at;
  while (to < points.length && used + cells([points[to]!]) <= room) used += cells([points[to++]!]);
  while (from > 0 && used + cells([points[from - 1]!]) <= room) used += cells([points[--from]!]);
  return { from, to };
}

/** A code point that takes its place on a line: tabs, control characters and those that turn the direction become a space. */
function shown(point: string): string {
  return /\p{Cc}|\p{Bidi_Control}/u.test(point) ? ' ' : point;
}

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303E\uFE30-\uFE4F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
const none = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Width in terminal cells. */
function cells(points: readonly string[]): number {
  return points.reduce((sum, point) => sum + (point === '' || none.test(point) ? 0 : wide.test(point) ? 2 : 1), 0);
}
