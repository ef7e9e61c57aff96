import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { annotate } from '../src/annotate/annotate.ts';
import { loadProposing } from '../src/annotate/load-tagger.ts';
import { type Authority, emptyAuthority, type Person, readAuthority } from '../src/authority/authority.ts';
import { planMerge } from '../src/authority/merge.ts';
import { unitedNames } from '../src/authority/names.ts';
import { proposedId } from '../src/authority/proposed-id.ts';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { appendItems, editJson } from '../src/core/json.ts';
import { readSource } from '../src/source/source-document.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weibian-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');
const write = (name: string, content: unknown): void =>
  writeFileSync(file(name), typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`);

describe('ids of proposals', () => {
  test('follow from kind and name, and give way to an id that is taken', () => {
    const free = (): boolean => false;
    expect(proposedId('persons', '張浦', free)).toBe('person-5f35-6d66');
    expect(proposedId('places', '張浦', free)).toBe('place-5f35-6d66');
    expect(proposedId('works', '𨫼', free)).toBe('work-28afc');
    expect(proposedId('persons', '張浦', (id) => id === 'person-5f35-6d66')).toBe('person-5f35-6d66-n2');
  });
});

describe('a JSON file that is edited', () => {
  const text = '{\r\n  "persons": [\r\n    { "id": "a",   "name": "甲" }\r\n  ]\r\n}';

  test('keeps every byte that is not touched', () => {
    const added = appendItems(text, 'persons', [{ id: 'b', name: '乙' }]);
    expect(added.startsWith(text.slice(0, text.indexOf('\r\n  ]')))).toBe(true);
    expect(added.endsWith('\r\n  ]\r\n}')).toBe(true);
    expect(added.replaceAll('\r\n', '')).not.toContain('\n');
    expect(JSON.parse(added)).toEqual({
      persons: [
        { id: 'a', name: '甲' },
        { id: 'b', name: '乙' },
      ],
    });
    expect(editJson(added, [{ path: ['persons', 1], value: undefined }]).replace(/\s/g, '')).toBe(
      text.replace(/\s/g, ''),
    );
  });

  test('takes its first item', () => {
    expect(appendItems('{ "persons": [] }', 'persons', [1])).toBe('{ "persons": [\n    1\n  ] }');
    expect(appendItems(text, 'persons', [])).toBe(text);
  });
});

describe('authority files with proposals', () => {
  function readPersons(persons: readonly object[]): { authority: Authority; diagnostics: Diagnostic[] } {
    const diagnostics: Diagnostic[] = [];
    write('read.json', { persons });
    return {
      authority: readAuthority({ persons: [file('read.json')] }, (found) => diagnostics.push(found)),
      diagnostics,
    };
  }

  test('are kept apart by their review', () => {
    const { authority, diagnostics } = readPersons([
      { id: 'zhang-pu', name: '張浦', surname: '張' },
      { id: 'person-1', name: '裴濟', status: 'proposed', cert: 'medium', mentions: 2, evidence: ['a:1:1 【裴濟】'] },
      { id: 'person-2', name: '都部', status: 'rejected' },
    ]);
    expect(diagnostics).toEqual([]);
    expect(authority.persons.map(({ id }) => id)).toEqual(['zhang-pu']);
    expect(authority.pending?.persons.map(({ id }) => id)).toEqual(['person-1']);
    expect(authority.rejected?.persons).toEqual(['都部']);
  });

  test('a proposal that an editor has entered elsewhere waits no more, unless a phrase limits that entry', () => {
    const pending = { id: 'person-1', name: '王榮', status: 'proposed' };
    const waiting = (entry: object): unknown =>
      readPersons([{ id: 'wang-rong', name: '王榮', ...entry }, pending]).authority.pending?.persons.length;
    expect(waiting({})).toBe(0);
    expect(waiting({ name: '王某', names: [{ text: '王榮', type: 'variant' }] })).toBe(0);
    expect(waiting({ names: [{ text: '王榮', type: 'variant', in: ['石州王榮'] }] })).toBe(1);
  });

  test('an entity that is another one gives it its names, over several steps', () => {
    const { authority, diagnostics } = readPersons([
      { id: 'li-jiqian', name: '李繼遷', surname: '李', names: [{ text: '太祖', type: 'temple', in: ['夏太祖'] }] },
      { id: 'person-1', name: '趙保吉', surname: '趙', status: 'proposed', sameAs: 'person-2' },
      { id: 'person-2', name: '遷賊', status: 'proposed', sameAs: 'li-jiqian' },
    ]);
    expect(diagnostics).toEqual([]);
    expect(authority.pending?.persons).toEqual([]);
    expect(authority.persons).toHaveLength(1);
    expect(authority.persons[0]!.names).toEqual([
      { text: '太祖', type: 'temple', in: ['夏太祖'] },
      { text: '趙保吉', type: 'variant' },
      { text: '保吉', type: 'given' },
      { text: '遷賊', type: 'variant' },
    ]);
  });

  test.each([
    ['no entity', [{ id: 'a', name: '甲乙', sameAs: 'nobody' }]],
    ['itself', [{ id: 'a', name: '甲乙', sameAs: 'a' }]],
    [
      'a rejected entity',
      [
        { id: 'a', name: '甲乙', sameAs: 'b' },
        { id: 'b', name: '丙丁', status: 'rejected' },
      ],
    ],
    [
      'a circle',
      [
        { id: 'a', name: '甲乙', sameAs: 'b' },
        { id: 'b', name: '丙丁', sameAs: 'a' },
      ],
    ],
  ])('sameAs to %s is reported', (_, persons) => {
    expect(readPersons(persons).diagnostics[0]?.code).toBe('config/missing-authority-id');
  });

  test('a name that its entry limits to phrases stays limited', () => {
    const state = { id: 'b', name: '夏', kind: 'state', names: [{ text: '夏', type: 'short', in: ['夏人'] }] };
    expect(unitedNames({ id: 'a', name: '西夏', kind: 'state' }, state)).toEqual(state.names);
    // What the first is called already stays as it is.
    expect(unitedNames({ id: 'a', name: '夏', kind: 'state' }, state)).toEqual([]);
  });
});

test('two persons of one name are told apart by a phrase', () => {
  const persons: Person[] = [
    { id: 'a-wang-rong', name: '王榮', surname: '王', names: [{ text: '王榮', type: 'variant', in: ['石州王榮'] }] },
    { id: 'b-wang-rong', name: '王榮', surname: '王' },
  ];
  const source = readSource('test.txt', new TextEncoder().encode('王榮與石州王榮戰，王榮敗。\n'));
  const { annotations } = annotate(source, { authority: { ...emptyAuthority, persons } }, () => {});
  expect(annotations.map((one) => ('ref' in one ? one.ref : ''))).toEqual([
    'b-wang-rong',
    'a-wang-rong',
    'b-wang-rong',
  ]);
});

describe('proposals of a text', () => {
  const run = (text: string, authority: Authority) =>
    annotate(readSource('test.txt', new TextEncoder().encode(text)), { authority, propose: loadProposing() }, () => {});
  const text = '宋遣知靈州裴濟禦之。\n濟戰死，靈州陷。（《宋史》）\n';
  const pei = proposedId('persons', '裴濟', () => false);
  const lists = { persons: [], places: [], orgs: [], works: [] };

  test('an edited entry that waits for review counts in place of the proposal', () => {
    const edited: Person = { id: 'pei-ji', name: '裴濟', surname: '裴', note: 'Killed in 1002.', status: 'proposed' };
    const { proposed, annotations } = run(text, { ...emptyAuthority, pending: { ...lists, persons: [edited] } });
    expect(proposed.persons).toEqual([edited]);
    const named = annotations.flatMap((one) => (one.type === 'persName' ? [one] : []));
    expect(named.map(({ ref, rule, cert }) => [ref, rule, cert])).toEqual([
      ['pei-ji', 'tagger', 'medium'],
      ['pei-ji', 'given', 'medium'],
    ]);
  });

  test('a rejected name does not come back, as this kind', () => {
    const rejected = { ...lists, persons: ['裴濟'] };
    expect(run(text, emptyAuthority).proposed.persons.map(({ id }) => id)).toEqual([pei]);
    expect(run(text, { ...emptyAuthority, rejected }).proposed.persons).toEqual([]);
    const asPlace = { ...lists, places: ['裴濟'] };
    expect(run(text, { ...emptyAuthority, rejected: asPlace }).proposed.persons).toHaveLength(1);
  });

  test('a tribe with and without 族 is one', () => {
    const { orgs } = run('攻咩逋族。\n咩逋來降，咩逋族帳內附。（《宋史》）\n', emptyAuthority).proposed;
    expect(orgs.filter(({ name }) => name.startsWith('咩逋'))).toHaveLength(1);
  });

  test('a work that waits for review makes citations unsure', () => {
    const works = [{ id: 'work-1', title: '夏臺紀略', status: 'proposed' as const }];
    const { annotations } = run('旱。（《夏臺紀略》）\n', { ...emptyAuthority, pending: { ...lists, works } });
    expect(annotations).toMatchObject([{ type: 'bibl', work: 'work-1', cert: 'low' }]);
  });
});

describe('joining two entities', () => {
  const hand: Person = { id: 'li-jiqian', name: '李繼遷', surname: '李' };
  const one: Person = { id: 'p-1', name: '趙保吉', surname: '趙', status: 'proposed', mentions: 2, evidence: ['x'] };
  const two: Person = { id: 'p-2', name: '遷賊', status: 'proposed', mentions: 3, note: 'Who?', evidence: ['y'] };
  const gone: Person = { id: 'p-3', name: '都部', status: 'rejected' };
  const joined: Person = { id: 'p-4', name: '遷', status: 'proposed', sameAs: 'p-2' };
  const files = [
    { path: 'a.json', kind: 'persons', entities: [hand, { id: 'zhang-pu', name: '張浦' }] },
    { path: 'b.json', kind: 'persons', entities: [one, two, gone, joined] },
    { path: 'c.json', kind: 'places', entities: [{ id: 'xiazhou', name: '夏州', kind: 'prefecture' }] },
  ] as const;

  test('of two proposals the first takes over what the second has', () => {
    expect(planMerge('p-1', 'p-2', files)).toMatchObject({
      edits: [
        {
          path: 'b.json',
          edits: [
            { path: ['persons', 3, 'sameAs'], value: 'p-1' },
            { path: ['persons', 0, 'names'], value: [{ text: '遷賊', type: 'variant' }] },
            { path: ['persons', 0, 'mentions'], value: 5 },
            { path: ['persons', 0, 'evidence'], value: ['x', 'y'] },
            { path: ['persons', 0, 'note'], value: 'Who?' },
            { path: ['persons', 1], value: undefined },
          ],
        },
      ],
    });
  });

  test.each([
    ['p-1', 'li-jiqian'],
    ['li-jiqian', 'p-1'],
  ])('a proposal says whose names it has: %s, %s', (first, second) => {
    expect(planMerge(first, second, files)).toMatchObject({
      edits: [{ path: 'b.json', edits: [{ path: ['persons', 0, 'sameAs'], value: 'li-jiqian' }] }],
    });
  });

  test.each([
    ['p-1', 'p-1', 'config/cannot-merge', 'another entity'],
    ['p-1', 'nobody', 'config/missing-authority-id', '`nobody`'],
    ['p-1', 'xiazhou', 'config/cannot-merge', 'of persons, `xiazhou` of places'],
    ['li-jiqian', 'zhang-pu', 'config/cannot-merge', 'both vouched for'],
    ['p-1', 'p-3', 'config/cannot-merge', 'rejected entity `p-3`'],
    ['p-1', 'p-4', 'config/cannot-merge', 'already joined to `p-2`'],
  ])('%s and %s: %s', (first, second, code, words) => {
    expect(planMerge(first, second, files)).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('the command', () => {
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  function weibian(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }
  interface Entry extends Person {
    readonly title?: string;
  }
  const entries = (name: string, kind: string): Entry[] => JSON.parse(read(name))[kind];
  const ids = (xml: string): string[] => [...read(xml).matchAll(/<person xml:id="([^"]+)"/g)].map(([, id]) => id!);

  /** An edition of two texts that share a person, with a file of its own. */
  function edition(): void {
    mkdirSync(file('authority'), { recursive: true });
    write('one.txt', '咸平二年夏六月，宋遣知靈州裴濟禦之。\n濟戰死，靈州陷。（《夏臺紀略》）\n');
    write('two.txt', '咸平三年春正月，以裴濟知靈州，遣知銀州張浦禦之。\n浦至銀州。（《夏臺紀略》）\n');
    write('authority/own.json', '{ "persons": [ { "id": "li-jiqian",\n   "name": "李繼遷", "surname": "李" } ] }\n');
    const proposed = ['places', 'orgs', 'works'].filter((kind) => existsSync(file(`proposals/${kind}.json`)));
    write('edition.json', {
      id: 'test',
      title: '測試',
      author: '撰人',
      editors: [{ id: 'editor', name: 'Editor' }],
      publisher: 'Nobody',
      date: '2026-01-01',
      licence: { name: 'CC0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
      source: { description: 'A test.' },
      recognition: 'propose',
      authority: { persons: ['authority/own.json'] },
      documents: [{ file: 'one.txt' }, { file: 'two.txt', juan: 2 }],
    });
    write('reviewed.json', {
      ...JSON.parse(read('edition.json')),
      authority: {
        persons: ['authority/own.json', 'proposals/persons.json'],
        ...Object.fromEntries(proposed.map((kind) => [kind, [`proposals/${kind}.json`]])),
      },
    });
  }

  test('from proposals to authority files', { timeout: 120_000 }, () => {
    edition();
    const own = read('authority/own.json');
    const proposed = weibian('authority', 'propose', 'edition.json', '-o', 'proposals');
    expect(proposed).toMatchObject({ status: 0, stdout: '' });
    expect(proposed.stderr).toContain('"persons": ["proposals/persons.json"]');
    edition();
    expect(entries('proposals/persons.json', 'persons')).toEqual([
      {
        id: 'person-88f4-6fdf',
        name: '裴濟',
        surname: '裴',
        death: '1002',
        note: 'prefect of Lingzhou, killed',
        status: 'proposed',
        cert: 'medium',
        mentions: 3,
        evidence: [
          'one.txt:1:14 年夏六月，宋遣知靈州【裴濟】禦之。',
          'one.txt:2:1 【濟】戰死，靈州陷。（《夏',
          'two.txt:1:10 咸平三年春正月，以【裴濟】知靈州，遣知銀州張浦',
        ],
      },
      expect.objectContaining({ id: 'person-5f35-6d66', name: '張浦', mentions: 2 }),
    ]);
    expect(entries('proposals/works.json', 'works')).toMatchObject([{ title: '夏臺紀略', mentions: 2 }]);

    // Listing the files as they are changes nothing, and both documents have the same person under one id.
    for (const name of ['edition', 'reviewed']) {
      for (const text of ['one', 'two']) {
        expect(weibian('convert', `${text}.txt`, '-e', `${name}.json`, '-o', `${name}-${text}.xml`).status).toBe(0);
        expect(weibian('validate', `${name}-${text}.xml`).status).toBe(0);
      }
    }
    for (const text of ['one', 'two']) expect(ids(`reviewed-${text}.xml`)).toEqual(ids(`edition-${text}.xml`));
    expect(ids('edition-one.xml')).toEqual(['pers.person-88f4-6fdf']);
    expect(ids('edition-two.xml')).toEqual(['pers.person-5f35-6d66', 'pers.person-88f4-6fdf']);

    // A second run adds nothing and keeps what an editor has done.
    const persons = read('proposals/persons.json');
    const edited = persons
      .replace('"note": "prefect of Lingzhou, killed"', '"note": "Prefect of 靈州."')
      .replace(/("name": "張浦",[\s\S]*?)"proposed"/, '$1"rejected"');
    write('proposals/persons.json', edited);
    for (const name of ['edition.json', 'reviewed.json']) {
      expect(weibian('authority', 'propose', name, '-o', 'proposals').stderr).toContain('Nothing new');
      expect(read('proposals/persons.json')).toBe(edited);
    }
    weibian('convert', 'two.txt', '-e', 'reviewed.json', '-o', 'rejected.xml');
    expect(ids('rejected.xml')).toEqual(['pers.person-88f4-6fdf']);

    // A text that grows adds what is new behind what is there.
    write('two.txt', `${read('two.txt')}夏四月，遣王超援靈州。\n超不至。（《長編》四十五）\n`);
    expect(weibian('authority', 'propose', 'reviewed.json', '-o', 'proposals').status).toBe(0);
    expect(read('proposals/persons.json').startsWith(edited.slice(0, edited.indexOf('\n  ]\n')))).toBe(true);
    expect(entries('proposals/persons.json', 'persons').map(({ name }) => name)).toEqual(['裴濟', '張浦', '王超']);

    // An accepted entry is signed by the editor; one that is joined gives its names away.
    write('proposals/persons.json', read('proposals/persons.json').replace('\n      "status": "proposed",', ''));
    const merged = weibian('authority', 'merge', 'person-738b-8d85', 'li-jiqian', '-e', 'reviewed.json');
    expect(merged).toMatchObject({ status: 0, stderr: expect.stringContaining('whose own entry is unchanged') });
    expect(read('authority/own.json')).toBe(own);
    expect(entries('proposals/persons.json', 'persons')[2]).toMatchObject({ name: '王超', sameAs: 'li-jiqian' });
    weibian('convert', 'two.txt', '-e', 'reviewed.json', '-o', 'merged.xml');
    expect(ids('merged.xml')).toEqual(['pers.li-jiqian', 'pers.person-88f4-6fdf']);
    expect(read('merged.xml')).toContain('<person xml:id="pers.person-88f4-6fdf" resp="#resp.editor">');
    expect(read('merged.xml')).toContain('<persName ref="#pers.li-jiqian" resp="#rule.name">王超</persName>');
  });

  test('what cannot be joined is told, and nothing is written', () => {
    edition();
    const before = read('authority/own.json');
    expect(weibian('authority', 'merge', 'li-jiqian', 'li-jiqian')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('config/cannot-merge'),
    });
    expect(weibian('authority', 'merge', 'li-jiqian', 'nobody')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('config/missing-authority-id'),
    });
    expect(read('authority/own.json')).toBe(before);
    expect(weibian('authority', 'merge', 'a', 'b', '-e', 'nowhere.json').stderr).toContain('config/no-edition');
    expect(weibian('authority', 'propose', 'nowhere.txt', '-o', 'p')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('core/unreadable-file'),
    });
    expect(weibian('authority').status).toBe(2);
    expect(weibian('authority', 'propose', 'one.txt').status).toBe(2);
    expect(weibian('authority', 'merge', 'a').status).toBe(2);
  });
});
