import { type CheckSettings, checkInputs, checkOptions } from '../batch/check-inputs.ts';
import { fixFiles, writeFixed } from '../batch/fix-files.ts';
import { diagnostic } from '../core/diagnostic.ts';
import { unifiedDiff } from '../report/unified-diff.ts';
import type { Terminal } from './command.ts';

/** Fixes the TEI among the inputs and writes it; a dry run shows the changes instead, and reports that there are some. */
export async function fixInputs(
  files: readonly string[],
  settings: CheckSettings,
  dryRun: boolean,
  terminal: Terminal,
): Promise<void> {
  const { checked } = await checkInputs(files, settings, terminal);
  const ignored = checked.findings.filter((one) => one.ignored).map((one) => one.diagnostic);
  const tei = files.filter((file) => !file.endsWith('.json'));
  const fixed = await fixFiles(tei, await checkOptions(settings, () => {}), ignored);
  const count = fixed.reduce((sum, one) => sum + one.count, 0);
  const sum = `${count} ${count === 1 ? 'finding' : 'findings'} in ${fixed.length} of ${tei.length} files`;
  terminal.log(`${dryRun ? 'would put right' : 'put right'}: ${sum}`);
  if (!dryRun) {
    writeFixed(fixed);
    return;
  }
  for (const { file, before, after, count: changes } of fixed) {
    terminal.write(unifiedDiff(file, before, after));
    const message = `Unexpected file with ${changes} ${changes === 1 ? 'finding' : 'findings'} that \`--fix\` puts right, expected none.`;
    terminal.report(diagnostic('validate/would-fix', message, { file }));
  }
}
