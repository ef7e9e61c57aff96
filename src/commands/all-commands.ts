import { authority } from './authority.ts';
import { build } from './build.ts';
import type { Command } from './command.ts';
import { convert } from './convert.ts';
import { date } from './date.ts';
import { epub } from './epub.ts';
import { explain } from './explain.ts';
import { html } from './html.ts';
import { init } from './init.ts';
import { print } from './print.ts';
import { score } from './score.ts';
import { text } from './text.ts';
import { validate } from './validate.ts';

/**
 * Every verb of the command line, in the order of the help. Commands load Saxon-JS, PDFKit and the fonts when they run:
 * help and explain need none of them.
 */
export const allCommands: readonly Command[] = [
  build,
  convert,
  validate,
  text,
  html,
  print,
  epub,
  score,
  authority,
  date,
  explain,
  init,
];
