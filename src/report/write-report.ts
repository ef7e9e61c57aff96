import type { Checked } from './checked.ts';
import { writeHtmlReport } from './html-report.ts';
import { writeJunit } from './junit.ts';
import { writeSarif } from './sarif.ts';

/** Formats of a report on everything that was checked, beside the diagnostics themselves (text, json). */
export const reportFormats = ['sarif', 'junit', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

const writers: Readonly<Record<ReportFormat, (checked: Checked) => string>> = {
  sarif: writeSarif,
  junit: writeJunit,
  html: writeHtmlReport,
};

/** A report as the content of a file. */
export const writeReport = (checked: Checked, format: ReportFormat): string => writers[format](checked);

/** The format that the name of a file stands for, if it stands for one. */
export function formatOfFile(file: string): ReportFormat | undefined {
  if (/\.sarif(\.json)?$/i.test(file)) return 'sarif';
  if (/\.xml$/i.test(file)) return 'junit';
  return /\.html?$/i.test(file) ? 'html' : undefined;
}
