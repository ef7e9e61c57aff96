import type { Diagnostic } from '../core/diagnostic.ts';
import { type Checked, type Finding, filesOf, groupBy } from './checked.ts';
import { type Markup, markup } from './markup.ts';

/** JUnit XML: a suite for each file, a case for each code found in it; a file without findings has one case that passes. */
export function writeJunit(checked: Checked): string {
  const fails = ({ severity }: Diagnostic): boolean =>
    severity === 'error' || (checked.strict && severity === 'warning');
  const byFile = groupBy(checked.findings, ({ diagnostic: { file } }) => file);
  const suites = filesOf(checked).map((file) => suite(file, byFile.get(file) ?? [], fails));
  const sum = (pick: (one: Suite) => number): number => suites.reduce((total, one) => total + pick(one), 0);
  const [tests, failures, skipped] = [sum((one) => one.tests), sum((one) => one.failures), sum((one) => one.skipped)];
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="weibian validate" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">
${suites.map(({ content }) => content)}</testsuites>
`.text;
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
  readonly content: Markup;
}

function suite(file: string, inFile: readonly Finding[], fails: (found: Diagnostic) => boolean): Suite {
  const cases = [...groupBy(inFile, ({ diagnostic: { code } }) => code)].map(([code, found]) => {
    const counted = found.filter(({ ignored }) => !ignored);
    const failed = counted.filter(({ diagnostic }) => fails(diagnostic));
    return { code, found, counted, failed, skipped: counted.length === 0 };
  });
  const failures = cases.filter(({ failed }) => failed.length > 0).length;
  const skipped = cases.filter((one) => one.skipped).length;
  const tests = Math.max(1, cases.length);
  const content = markup`  <testsuite name="${file}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">
${cases.length === 0 ? markup`    <testcase name="no findings" classname="${file}" file="${file}"/>\n` : ''}${cases.map(
  ({
    code,
    found,
    counted,
    failed,
    skipped: none,
  }) => markup`    <testcase name="${code}" classname="${file}" file="${file}">
${none ? markup`      <skipped message="${ignoredBecause(found)}"/>\n` : ''}${failed.length > 0 ? failure(failed) : ''}${output(counted.filter((one) => !failed.includes(one)))}    </testcase>
`,
)}  </testsuite>
`;
  return { tests, failures, skipped, content };
}

function failure(found: readonly Finding[]): Markup {
  const [{ diagnostic: first }, ...more] = found as [Finding, ...Finding[]];
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  return markup`      <failure message="${first.message}${others}" type="${first.severity}">${found.map(({ diagnostic }) => line(diagnostic)).join('\n')}
help: ${first.help}</failure>
`;
}

/** Warnings and notes do not fail: they are told. */
const output = (found: readonly Finding[]): Markup | undefined =>
  found.length === 0
    ? undefined
    : markup`      <system-out>${found.map(({ diagnostic }) => line(diagnostic)).join('\n')}
help: ${found[0]!.diagnostic.help}</system-out>
`;

function line({ file, range, path, severity, message }: Diagnostic): string {
  const place = [file, range?.start.line, range?.start.column].filter((part) => part !== undefined).join(':');
  return `${place} ${severity} ${message}${path === undefined ? '' : ` (${path})`}`;
}

const ignoredBecause = (found: readonly Finding[]): string =>
  [...new Set(found.map(({ ignored }) => `${ignored!.reason} (${ignored!.who})`))].join('; ');
