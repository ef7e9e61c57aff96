import { readBytes } from '../core/files.ts';
import { type Command, UsageError } from './command.ts';

export const validate: Command = {
  name: 'validate',
  summary: 'check TEI: well-formed, schema, house rules',
  usage: 'FILE.xml…',
  options: {},
  help: {},
  examples: ['weibian validate out/tei/*.xml', 'weibian validate juan3.xml --format json'],
  async run(_values, files, terminal) {
    if (files.length === 0) throw new UsageError('validate takes one or more TEI files');
    const { validateTei } = await import('../validate/validate.ts');
    for (const file of files) {
      terminal.progress(`checking ${file}`);
      const bytes = file === '-' ? terminal.readInput() : readBytes(file);
      await validateTei(bytes, file, {}, terminal.report);
    }
    const errors = terminal.diagnostics.filter(({ severity }) => severity === 'error').length;
    terminal.log(
      `${files.length} ${files.length === 1 ? 'file' : 'files'} checked, ${errors === 0 ? 'valid' : 'not valid'}`,
    );
  },
};
