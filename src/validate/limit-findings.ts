import type { Code } from '../core/codes.ts';
import { type Diagnostic, diagnostic, type Report } from '../core/diagnostic.ts';

/** So many diagnostics of one code are kept; nobody reads more, and a million of them would fill the memory. */
export const mostOfACode = 10_000;

/** A report that passes on at most {@link mostOfACode} diagnostics of a code; `finish` reports how many were left out. */
export function limitFindings(file: string, report: Report): { report: Report; finish(): void } {
  const counts = new Map<Code, number>();
  const last = new Map<Code, Diagnostic>();
  return {
    report(found) {
      const count = (counts.get(found.code) ?? 0) + (found.count ?? 1);
      counts.set(found.code, count);
      if (count <= mostOfACode || found.count !== undefined) report(found);
      else last.set(found.code, found);
    },
    finish() {
      for (const [code, { severity }] of last) {
        const more = counts.get(code)! - mostOfACode;
        const message = `Unexpected number of findings \`${code}\`, expected less: ${more.toLocaleString('en')} more are only counted.`;
        report(diagnostic('validate/too-many', message, { file, severity, count: more }));
      }
    },
  };
}
