import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type EditionConfig, readEditionConfig } from '../config/edition-config.ts';
import { readWrittenText } from '../core/body-text.ts';
import { type Diagnostic, diagnostic, type Report } from '../core/diagnostic.ts';
import { checkWritable, type OutputFile, readBytes, stageFiles } from '../core/files.ts';
import { schemaFiles } from '../tei/schema-files.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
import { type ConvertedDocument, convertDocument } from './convert-document.ts';
import { printOptions } from './print-options.ts';
import type { TeiFile } from './read-tei-file.ts';
import { countDocument, type DocumentCounts, writeReport } from './report.ts';

export const build: Command = {
  name: 'build',
  summary: 'the whole edition: TEI, validated, HTML and print',
  usage: '[edition.json] [-o DIR]',
  options: { out: { type: 'string', short: 'o' }, epub: { type: 'boolean' } },
  help: {
    '-o, --out DIR': 'output folder (default: out beside edition.json)',
    '--epub': 'the e-book too, beside the PDF',
  },
  examples: ['weibian build', 'weibian build my-edition/edition.json -o /tmp/out'],
  async run(values, files, terminal) {
    const [file = 'edition.json', ...more] = files;
    if (more.length > 0) throw new UsageError('build takes one edition.json');
    if (!existsSync(file)) {
      terminal.report(
        diagnostic('config/no-edition', `Unexpected missing file \`${file}\`, expected an edition.`, { file }),
      );
      return;
    }
    const edition = readEditionConfig(file, terminal.report);
    if (!edition || hasErrors(terminal.diagnostics)) return;
    const out = String(values.out ?? join(edition.folder, 'out'));
    checkWritable(out);
    const documents = convertAll(edition, terminal);
    if (!documents) return;
    const staged = stageFiles(out);
    try {
      await makeEdition(edition, documents, values.epub === true, terminal, staged.write);
      if (hasErrors(terminal.diagnostics)) return;
      staged.commit();
    } finally {
      staged.discard();
    }
    summarise(edition, documents.map(countDocument), relative('.', out) || '.', terminal);
  },
};

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

function convertAll(edition: EditionConfig, terminal: Terminal): ConvertedDocument[] | undefined {
  const converted: ConvertedDocument[] = [];
  for (const document of edition.documents) {
    terminal.progress(`reading ${document.file}`);
    const file = relative('.', document.file);
    const one = convertDocument(readBytes(file), { ...document, file }, edition, terminal.version, terminal.report);
    if (!one) continue;
    if (readWrittenText(one.tei.xml) !== one.text.source.text.text) {
      terminal.report(
        diagnostic('tei/text-differs', `Unexpected text in the TEI of \`${file}\`, expected that of the source.`, {
          file,
        }),
      );
    }
    if (converted.some(({ document: { id } }) => id === one.document.id)) {
      const message = `Unexpected second document with the id \`${one.document.id}\`: its files would replace the first's.`;
      terminal.report(diagnostic('config/duplicate-document-id', message, { file }));
    }
    converted.push(one);
  }
  return hasErrors(terminal.diagnostics) ? undefined : converted;
}

/** Gives away each file of the edition when it is made; stops at the step that reports an error. */
async function makeEdition(
  edition: EditionConfig,
  documents: readonly ConvertedDocument[],
  withEpub: boolean,
  terminal: Terminal,
  give: (file: OutputFile) => void,
): Promise<void> {
  const { validateTei } = await import('../validate/validate.ts');
  const tei = documents.map(({ tei: { id, xml } }) => ({ path: `tei/${id}.xml`, xml }));
  for (const { path, xml } of tei) {
    terminal.progress(`checking ${path}`);
    // Whether an archive would take the files is asked of `validate`, not of every build.
    await validateTei(xml, path, { until: 'text' }, terminal.report);
  }
  if (hasErrors(terminal.diagnostics)) return;
  const giveBelow = (folder: string, { path, content }: OutputFile): void =>
    give({ path: `${folder}/${path}`, content });
  terminal.progress('making the site');
  const { makeSite } = await import('../edition/build-html.ts');
  await makeSite(tei, edition.site ?? {}, terminal.report, (file) => giveBelow('html', file));
  terminal.progress('setting pages');
  const { buildPrint } = await import('../edition/build-print.ts');
  const print = await buildPrint(tei, printOptions({}, edition.layout, edition.folder), terminal.report);
  const epub = withEpub ? await makeEpub(edition, tei, terminal) : [];
  if (hasErrors(terminal.diagnostics)) return;
  for (const { path, xml } of tei) give({ path, content: xml });
  for (const file of schemaFiles()) giveBelow('tei', file);
  for (const file of [...print, ...epub]) giveBelow('print', file);
  const counts = documents.map(countDocument);
  give({ path: 'report.json', content: writeReport(edition.id, counts, terminal.diagnostics) });
}

async function makeEpub(edition: EditionConfig, tei: readonly TeiFile[], terminal: Terminal): Promise<OutputFile[]> {
  terminal.progress('making the e-book');
  const { buildEpub } = await import('../edition/build-epub.ts');
  const { split } = edition.site ?? {};
  // What the site has reported of the same text is not told twice.
  const told = new Set(terminal.diagnostics.map(({ message }) => message));
  const report: Report = (found) => {
    if (!told.has(found.message)) terminal.report(found);
  };
  return buildEpub(tei, split === undefined ? {} : { split }, report);
}

function summarise(edition: EditionConfig, counts: readonly DocumentCounts[], out: string, terminal: Terminal): void {
  const sum = (pick: (count: DocumentCounts) => number): number =>
    counts.reduce((total, count) => total + pick(count), 0);
  const found = (severity: string): number => terminal.diagnostics.filter((one) => one.severity === severity).length;
  terminal.log(
    `${edition.title}: ${counts.length} ${counts.length === 1 ? 'text' : 'texts'}, ${sum((one) => one.entries)} entries`,
  );
  terminal.log(
    `  ${sum((one) => one.persons)} persons, ${sum((one) => one.places)} places, ${sum((one) => one.peoples)} peoples, ` +
      `${sum((one) => one.dates)} dates (${sum((one) => one.resolvedDates)} resolved), ${sum((one) => one.citations)} citations`,
  );
  terminal.log(
    `  ${found('error')} errors, ${found('warning')} warnings, ${found('info')} notes; details in ${join(out, 'report.json')}`,
  );
  terminal.log(
    `  ${join(out, 'html', 'index.html')}, ${join(out, 'print')}, ${join(out, 'tei')}: ${terminal.seconds().toFixed(1)} s`,
  );
}
