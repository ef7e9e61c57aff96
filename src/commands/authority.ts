import { type Command, UsageError } from './command.ts';
import { mergeEntities } from './merge-entities.ts';
import { proposeEntities } from './propose-entities.ts';

export const authority: Command = {
  name: 'authority',
  summary: 'entities that the text proposes, as files for review; join two entities',
  usage: 'propose FILE.txt|EDITION.json -o FOLDER\n       weibian authority merge ID1 ID2 [-e edition.json]',
  options: {
    out: { type: 'string', short: 'o' },
    edition: { type: 'string', short: 'e' },
    start: { type: 'string' },
  },
  help: {
    '-o, --out FOLDER': 'folder of the proposals: persons.json, places.json, orgs.json, works.json',
    '-e, --edition FILE': 'the edition whose authority files count (merge: default edition.json)',
    '--start 咸平二年': 'propose from a text: the year in which it starts',
  },
  examples: [
    'weibian authority propose edition.json -o proposals',
    'weibian authority propose juan3.txt -o proposals --start 咸平二年',
    'weibian authority merge person-6298-60df-4fe1 person-60df-4fe1',
  ],
  async run(values, words, terminal) {
    const [verb, ...rest] = words;
    if (verb === 'propose') proposeEntities(values, rest, terminal);
    else if (verb === 'merge') mergeEntities(values, rest, terminal);
    else throw new UsageError('authority takes propose or merge');
  },
};
