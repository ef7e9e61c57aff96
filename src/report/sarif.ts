import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CatalogueEntry, type Code, catalogue } from '../core/codes.ts';
import type { Diagnostic, Range, Severity } from '../core/diagnostic.ts';
import { levelOf } from './by-place.ts';
import { type Checked, type Finding, filesOf, type Ignored } from './checked.ts';

const levelNames: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0 (OASIS): one run with its rules, results and files. Same findings, same bytes. */
export function writeSarif(checked: Checked): string {
  const codes = [...new Set(checked.findings.map(({ diagnostic: { code } }) => code))].sort();
  const files = filesOf(checked);
  const places = new Places(files);
  const run = {
    tool: { driver: { name: 'weibian', version: checked.version, rules: codes.map(rule) } },
    columnKind: 'unicodeCodePoints',
    artifacts: files.map((file) => ({
      location: { uri: uriOf(file) },
      roles: checked.files.includes(file) ? ['analysisTarget'] : [],
      mimeType: file.endsWith('.json') ? 'application/json' : 'application/tei+xml',
    })),
    results: checked.findings.map((finding) => result(finding, codes, places)),
  };
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rule(code: Code): object {
  const entry: CatalogueEntry = catalogue[code];
  const { severity, title, why, help, section, wrong, right } = entry;
  const example = (name: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`${name}:`, '', '```xml', text, '```', ''];
  const see = section === undefined ? [] : [`See docs/encoding.md#${section}.`, ''];
  const markdown = [`${why} ${help}`, '', ...see, ...example('Wrong', wrong), ...example('Right', right)];
  return {
    id: code,
    shortDescription: { text: literal(`${title}.`) },
    fullDescription: { text: literal(why) },
    help: { text: literal(help), markdown: literal(markdown.join('\n').trimEnd()) },
    defaultConfiguration: { level: levelNames[severity] },
    properties: { tags: [levelOf({ code }) ?? code.split('/')[0]] },
  };
}

function result({ diagnostic: found, ignored }: Finding, codes: readonly Code[], places: Places): object {
  const { code, severity, message, file, range, path, related } = found;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levelNames[severity],
    message: { text: literal(message) },
    ...(file !== undefined && {
      locations: [
        { ...places.location(file, range), ...(path !== undefined && { logicalLocations: [logical(path, file)] }) },
      ],
    }),
    ...(related?.length && {
      relatedLocations: related.map((other, at) => ({
        id: at + 1,
        ...places.location(other.file, other.range),
        message: { text: literal(other.message) },
      })),
    }),
    partialFingerprints: { 'codePathMessage/v1': fingerprint(found) },
    // All results have the property or none (§3.27.23); an empty list says that the finding counts.
    suppressions: ignored ? [suppression(ignored, places)] : [],
  };
}

const suppression = ({ reason, who, date, file, range }: Ignored, places: Places): object => ({
  kind: 'external',
  status: 'accepted',
  justification: `${reason} (${[who, date].filter((part) => part !== undefined).join(', ')})`,
  location: places.location(file, range),
});

/** The files of the run by their index. */
class Places {
  readonly #indexes: ReadonlyMap<string, number>;
  constructor(files: readonly string[]) {
    this.#indexes = new Map(files.map((file, at) => [file, at]));
  }

  location(file: string, range: Range | undefined): { physicalLocation: object } {
    const index = this.#indexes.get(file);
    return {
      physicalLocation: {
        artifactLocation: { uri: uriOf(file), ...(index !== undefined && { index }) },
        ...(range && { region: region(range) }),
      },
    };
  }
}

const region = ({ start, end }: Range): object => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});

function logical(path: string, file: string): object {
  const kind = file.endsWith('.json') ? 'value' : path.includes('/@') ? 'attribute' : 'element';
  return { fullyQualifiedName: path, kind };
}

/** A relative reference as it stands, each step percent-encoded; an absolute path as a file URL. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(/[/\\]/).map(encodeURIComponent).join('/');
}

/** Stays the same when lines are added before the place. */
const fingerprint = ({ code, path, message }: Diagnostic): string =>
  createHash('sha256')
    .update([code, path ?? '', message].join('\n'))
    .digest('hex');

/** Braces are placeholders in the messages of SARIF (§3.11.5): literal ones are doubled. */
const literal = (text: string): string => text.replace(/[{}]/g, '$&$&');
