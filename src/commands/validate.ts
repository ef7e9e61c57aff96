import { readBytes, readIfThere } from '../core/files.ts';
import { type Command, UsageError } from './command.ts';

export const validate: Command = {
  name: 'validate',
  summary: 'check TEI: well-formed, schema, house rules',
  usage: 'FILE.xml…',
  options: { schema: { type: 'string', multiple: true } },
  help: { schema: 'check against this schema (.rng or .sch) in place of ours; may be given several times' },
  examples: [
    'weibian validate out/tei/*.xml',
    'weibian validate juan3.xml --format json',
    'weibian validate letter.xml --schema tei_all.rng --schema project.sch',
  ],
  async run(values, files, terminal) {
    if (files.length === 0) throw new UsageError('validate takes one or more TEI files');
    const { validateTei } = await import('../validate/validate.ts');
    const paths = values.schema as unknown as readonly string[] | undefined;
    const schemas =
      paths &&
      (await (await import('../validate/user-schemas.ts')).loadUserSchemas(paths, readIfThere, {}, terminal.report));
    if (paths && !schemas) return;
    for (const file of files) {
      terminal.progress(`checking ${file}`);
      const bytes = file === '-' ? terminal.readInput() : readBytes(file);
      await validateTei(bytes, file, { files: readIfThere, ...(schemas && { schemas }) }, terminal.report);
    }
    const errors = terminal.diagnostics.filter(({ severity }) => severity === 'error').length;
    terminal.log(
      `${files.length} ${files.length === 1 ? 'file' : 'files'} checked, ${errors === 0 ? 'valid' : 'not valid'}`,
    );
  },
};
