import { resolve } from 'node:path';
import type { LayoutConfig } from '../config/edition-config.ts';
import type { PrintForm, PrintOptions } from '../edition/build-print.ts';
import { type PageName, pageSizes } from '../layout/page-sizes.ts';
import type { PdfOptions } from '../layout/pdf-profile.ts';
import { type OptionValues, UsageError } from './command.ts';
import { horizontalFormat, printFormat } from './print-format.ts';

/** How a book is set and written, by the command line before the `layout` of an edition. Throws UsageError. */
export function printOptions(values: OptionValues, layout: LayoutConfig, folder: string): PrintOptions {
  const preset = choice(values, 'preset', ['keben', 'qianyin', 'horizontal']);
  // Another preset has another grid: of the edition's layout only what is asked for again would fit it.
  const base = preset === undefined || preset === (layout.preset ?? 'keben') ? layout : {};
  const given = {
    preset,
    page: values.size === undefined ? undefined : readSize(String(values.size)),
    punctuation: choice(values, 'punctuation', ['judou', 'full', 'none']),
    apparatus: choice(values, 'apparatus', ['end', 'side', 'none']),
    sheet: choice(values, 'sheet', ['half', 'leaf']),
  };
  const chosen = { ...base, ...present(given) } as LayoutConfig;
  if (chosen.preset === 'horizontal' && (given.punctuation ?? given.sheet) !== undefined) {
    throw new UsageError('--punctuation and --sheet are for vertical presets');
  }
  checkTogether(values);
  return {
    format: chosen.preset === 'horizontal' ? horizontalFormat(chosen) : printFormat(chosen),
    fonts: fontPaths(values, layout, folder),
    matter: { ...layout.matter, ...leftOut(values) },
    ...present({
      profile: choice<NonNullable<PdfOptions['profile']>>(values, 'profile', ['press', 'archive', 'screen']),
      red: choice<NonNullable<PdfOptions['red']>>(values, 'red', ['cmyk', 'spot', 'black']),
      spot: values.spot === undefined ? undefined : String(values.spot),
      marks: values['no-marks'] === true ? false : undefined,
      bleed: values.bleed === undefined ? undefined : readBleed(String(values.bleed)),
      form: choice<PrintForm>(values, 'pages', ['pdf', 'svg', 'json', 'html']),
      wanted: values.range === undefined ? undefined : readRange(String(values.range)),
    }),
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The values that are there. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}

function choice<T extends string>(values: OptionValues, name: string, allowed: readonly T[]): T | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  if (!allowed.includes(value as T)) {
    throw new UsageError(`--${name} takes ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`);
  }
  return value as T;
}

/** An option that would do nothing is a mistake. */
function checkTogether(values: OptionValues): void {
  const press = ['red', 'spot', 'bleed', 'no-marks'].find((name) => values[name] !== undefined);
  if (press && values.profile !== 'press') throw new UsageError(`--${press} is for --profile press`);
  if (values.spot !== undefined && values.red !== 'spot') throw new UsageError('--spot is for --red spot');
  if (values.profile !== undefined && (values.pages ?? 'pdf') !== 'pdf') {
    throw new UsageError('--profile is for --pages pdf');
  }
}

const parts = ['principles', 'contents', 'indexes', 'interventions', 'glyphs'] as const;

/** `contents,indexes` → the parts that the book is not to have. */
function leftOut(values: OptionValues): NonNullable<LayoutConfig['matter']> {
  const names = values.without === undefined ? [] : String(values.without).split(',');
  const unknown = names.find((name) => !parts.includes(name as (typeof parts)[number]));
  if (unknown !== undefined) throw new UsageError(`--without takes ${parts.join(', ')}: found ${unknown}`);
  return Object.fromEntries(names.map((name) => [name, false]));
}

function fontPaths(values: OptionValues, layout: LayoutConfig, folder: string): string[] {
  if (values.fonts !== undefined) return String(values.fonts).split(',');
  return (layout.fonts ?? []).map((path) => resolve(folder, path));
}

/** `A5`, `大32開`, or millimetres as in `148x210`. */
function readSize(text: string): NonNullable<LayoutConfig['page']> {
  const [, width, height] = /^(\d+(?:\.\d+)?)[x×](\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (width !== undefined) return { width: Number(width), height: Number(height) };
  if (text in pageSizes) return text as PageName;
  throw new UsageError(`--size takes ${Object.keys(pageSizes).join(', ')}, or millimetres as in 148x210`);
}

function readBleed(text: string): number {
  const bleed = Number(text);
  if (!(text.trim() !== '' && bleed >= 0 && bleed <= 50)) throw new UsageError('--bleed takes 0 to 50 millimetres');
  return bleed;
}

/** `1-4,7,20-` → whether a page is in one of the ranges. */
function readRange(text: string): (page: number) => boolean {
  const ranges = text.split(',').map((part) => {
    const [, first, dash, last] = /^(\d+)(?:(-)(\d*))?$/.exec(part.trim()) ?? [];
    const from = Number(first);
    const to = dash === undefined ? from : last ? Number(last) : Number.POSITIVE_INFINITY;
    if (first === undefined || from < 1 || to < from) throw new UsageError('--range takes pages as in 1-4,7,20-');
    return { from, to };
  });
  return (page) => ranges.some(({ from, to }) => from <= page && page <= to);
}
