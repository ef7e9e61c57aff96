import picomatch from 'picomatch';

/** Whether a path is a pattern: it has `*`, `?`, `[…]` or `{…}`. */
export const isGlob = (path: string): boolean => picomatch.scan(path).isGlob;

/** The folder in front of the first step that is a pattern; `.` where there is none. */
export const globBase = (pattern: string): string => picomatch.scan(pattern).base || '.';

/** A test of paths (with `/`) by a glob. Files whose name begins with a dot match only where the glob says so. */
export function globTest(pattern: string): (path: string) => boolean {
  return picomatch(pattern.replace(/^(\.\/)+/, ''));
}
