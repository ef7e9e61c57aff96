import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { diagnostic } from '../core/diagnostic.ts';
import { readBytes, writeFileAtomic } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import { readSource } from '../source/source-document.ts';
import { type Command, UsageError } from './command.ts';

export const init: Command = {
  name: 'init',
  summary: 'start an edition of your own in a new folder',
  usage: 'DIR [--text FILE.txt]',
  options: { text: { type: 'string' }, title: { type: 'string' }, start: { type: 'string' }, date: { type: 'string' } },
  help: {
    '--text FILE': 'your text in UTF-8, copied into the edition (default: a sample of three entries)',
    '--title TITLE': 'title of the work',
    '--start 咸平二年': 'the year in which the text starts, where it has no year headings',
    '--date 2026-11-23': 'date of the edition (default: today)',
  },
  examples: ['weibian init my-edition', 'weibian init songshi --text songshi-491.txt --title 宋史'],
  async run(values, files, terminal) {
    const [folder, ...more] = files;
    if (folder === undefined || more.length > 0) throw new UsageError('init takes the name of a new folder');
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      const message = `Unexpected folder \`${folder}\` with files in it, expected a new or empty folder.`;
      terminal.report(diagnostic('config/folder-not-empty', message, { file: folder }));
      return;
    }
    const given = values.text === undefined ? undefined : String(values.text);
    const bytes = given === undefined ? sampleText : readBytes(given);
    if (given !== undefined) readSource(given, bytes as Uint8Array);
    const name = given === undefined ? 'sample' : stem(given);
    // The one place that asks the clock: the date is written into edition.json and read from there ever after.
    const date = String(values.date ?? new Date().toISOString().slice(0, 10));
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new UsageError('--date takes a date as 2026-11-23');
    const edition = {
      $schema: './schemas/edition.schema.json',
      id: name,
      title: String(values.title ?? (given === undefined ? '西夏紀' : basename(given, extname(given)))),
      author: given === undefined ? '戴錫章' : '撰人',
      editors: [{ id: 'editor', name: 'Your name', role: 'encoding and authority files' }],
      edition: 'First edition',
      publisher: 'Your institution',
      date,
      licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
      source: { description: 'Say here where the text comes from: which printed edition, who typed it.' },
      authority: Object.fromEntries(kinds.map((kind) => [kind, [`authority/${kind}.json`]])),
      recognition: given === undefined ? 'authority' : 'propose',
      documents: [{ file: `text/${name}.txt`, ...startOf(values.start, given) }],
      layout: { punctuation: 'judou' },
    };
    writeFileAtomic(join(folder, 'text', `${name}.txt`), bytes);
    for (const kind of kinds) {
      const content = {
        $schema: `../schemas/${kind}.schema.json`,
        [kind]: given === undefined ? sampleAuthority(kind) : [],
      };
      writeFileAtomic(join(folder, 'authority', `${kind}.json`), json(content));
    }
    const schemas = ['edition', ...kinds].map((schema) => `${schema}.schema.json`);
    for (const file of [...schemas, 'weibian.rng', 'weibian.sch']) {
      writeFileAtomic(join(folder, 'schemas', file), readFileSync(new URL(`schemas/${file}`, packageRoot)));
    }
    writeFileAtomic(join(folder, 'edition.json'), json(edition));
    terminal.log(
      `${join(folder, 'edition.json')}: a new edition. Build it with: weibian build ${join(folder, 'edition.json')}`,
    );
  },
};

const kinds = ['persons', 'places', 'orgs', 'works'] as const;

/** The opening of juan 3 of 西夏紀 (public domain): three entries. */
const sampleText = `宋詔棄鎮戎軍。
至是，帝詔棄之，遂不守。（《宋史·李繼隆、繼和傳》）
夏六月，繼遷掠河西，殺宋指揮使李璠。
繼遷引騎掠河西，與虎翼指揮使李璠遇。璠手格殺數十人，身被數槍，力戰未已，遂沒於陣。（《長編》四十五）
九月，進攻府州。
與守將折惟昌、鈐轄宋思恭等戰於埋井峰，敗還。（《宋史·折御卿傳》）
`;

type SampleEntity = { name?: string; title?: string; surname?: string; names?: { text: string; source?: string }[] };

/** The entities of the sample text, taken from the authority files that ship with weibian. */
function sampleAuthority(kind: (typeof kinds)[number]): unknown[] {
  const file = new URL(`corpus/authority/${kind}.json`, packageRoot);
  const entities = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, SampleEntity[]>)[kind]!;
  const shortest = kind === 'orgs' ? 1 : 2;
  return entities
    .filter(({ name = '', title = '', surname = '', names = [] }) =>
      [name, title, name.slice(surname.length), ...names.map(({ text }) => text)].some(
        (form) => form.length >= shortest && sampleText.includes(form),
      ),
    )
    .map(({ names = [], ...entity }) =>
      // Names that other works give would refer to works the sample does not cite.
      kind === 'works'
        ? { ...entity, names }
        : { ...entity, names: names.filter(({ source }) => source === undefined) },
    );
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** A file name as an id of the edition: lower-case Latin letters, figures and hyphens. */
function stem(file: string): string {
  const latin = basename(file, extname(file))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(latin) ? latin : latin ? `text-${latin}` : 'text';
}

function startOf(start: string | boolean | undefined, given: string | undefined): { start?: string; juan?: number } {
  if (start !== undefined) return { start: String(start) };
  return given === undefined ? { start: '咸平二年', juan: 3 } : {};
}
