import { childrenOf, type DocumentElement, isInside, textOf, wordsOf } from './document-tree.ts';
import type { CheckedDocument, Found } from './finding.ts';

// The rules of the house that need no look at other files or at the calendar. Each is also an assertion of
// schemas/weibian.sch, for editors that run Schematron; a test holds the two equal. Here they need no XSLT processor.

type Rule = (element: DocumentElement, found: Found) => void;

const customs = ['when-custom', 'from-custom', 'to-custom', 'notBefore-custom', 'notAfter-custom'];
const moments = ['when', 'from', 'to', 'notBefore', 'notAfter'];

/** Attributes of a list that an element has. */
const having = ({ attributes }: DocumentElement, names: readonly string[]): string[] =>
  names.filter((name) => attributes[name] !== undefined);

const together: Rule = (element, found) => {
  const has = new Set(having(element, moments));
  const whenAndMore = has.has('when') && has.size > 1;
  if (!whenAndMore && !(has.has('from') && has.has('notBefore')) && !(has.has('to') && has.has('notAfter'))) return;
  const shown = [...has].map((name) => `\`${name}\``).join(', ');
  const message = `Unexpected ${shown} together on \`${element.name}\`, expected when, or one beginning and one end.`;
  found('validate/date-when-and-range', element, message);
};

const datingMethod: Rule = (element, found) => {
  const [custom] = having(element, customs);
  const method = element.attributes.datingMethod;
  if (custom !== undefined && method === undefined) {
    const shown = `\`${custom}\`="${element.attributes[custom]}"`;
    const message = `Unexpected ${shown} without datingMethod on \`${element.name}\`, expected both.`;
    found('validate/dating-method', element, message);
  } else if (custom === undefined && method !== undefined) {
    const message = `Unexpected \`datingMethod\` alone on \`${element.name}\`, expected when-custom beside it.`;
    found('validate/dating-method', element, message);
  }
};

const parentheses: Rule = (element, found) => {
  const text = textOf(element);
  const count = (mark: string): number => text.split(mark).length - 1;
  const [opening, closing] = [count('（'), count('）')];
  if (opening === closing) return;
  const message = `Unexpected note with ${opening} \`（\` and ${closing} \`）\`, expected as many of both.`;
  found('validate/note-parentheses', element, message);
};

const marksWords: Rule = (element, found) => {
  if (wordsOf(element) !== '') return;
  if (element.name !== 'note' && childrenOf(element, 'gap').length > 0) return;
  const what = element.name === 'note' ? 'the note of the source' : 'the words that it marks';
  found('validate/empty-annotation', element, `Unexpected \`${element.name}\` without text, expected ${what}.`);
};

const names: Rule = (element, found) => {
  if (wordsOf(element) !== '' || childrenOf(element, 'g').length > 0) return;
  found('validate/empty-annotation', element, `Unexpected \`${element.name}\` without text, expected the name.`);
};

const namesWork: Rule = (element, found) => {
  if (element.attributes.corresp !== undefined || element.attributes.cert !== undefined) return;
  const message = `Unexpected citation \`${wordsOf(element)}\` without a work, expected corresp or cert.`;
  found('validate/bibl-work', element, message);
};

const hasValue: Rule = (element, found) => {
  if (having(element, ['cert', ...moments, ...customs]).length > 0) return;
  const message = `Unexpected date \`${wordsOf(element)}\` without a value, expected when-custom and from, or cert.`;
  found('validate/date-value', element, message);
};

const dated: readonly Rule[] = [together, datingMethod];

/** Rules by the name of the element, in the body. */
const inBody: Readonly<Record<string, readonly Rule[]>> = {
  note: [parentheses, marksWords],
  bibl: [namesWork, marksWords],
  date: [hasValue, marksWords],
  persName: [marksWords],
  placeName: [marksWords],
  orgName: [marksWords],
  rs: [marksWords],
  supplied: [marksWords],
};

const datedElements = new Set(
  'date event birth death floruit sex nationality affiliation occupation residence place org location'.split(' '),
);
const entityNames: Readonly<Record<string, string>> = { persName: 'person', placeName: 'place', orgName: 'org' };

/** A name of an entity of standOff. */
const isEntityName = ({ name, parent }: DocumentElement): boolean =>
  parent !== undefined && entityNames[name] === parent.name;

/** Whether an element may have the attributes of a date: names of entities have them. */
export const isDated = (element: DocumentElement): boolean => datedElements.has(element.name) || isEntityName(element);

/** Level `rules`: the rules of the house, for documents that follow weibian's own schema. */
export function checkRules({ tree, ours }: CheckedDocument, found: Found): void {
  if (!ours) return;
  const lines = new Set<string>();
  for (const element of tree.elements) {
    if (isDated(element)) for (const rule of dated) rule(element, found);
    if (isEntityName(element)) names(element, found);
    const rules = inBody[element.name];
    if (rules && isInside(element, 'body')) for (const rule of rules) rule(element, found);
    if (element.name === 'lb') checkLine(element, lines, found);
    if (element.children.length > 0 && (element.name === 'div' || element.name === 'body')) entryOrder(element, found);
  }
}

function checkLine(element: DocumentElement, lines: Set<string>, found: Found): void {
  const n = element.attributes.n ?? '';
  if (lines.has(n) || !(n === '1' || lines.has(String(Number(n) - 1)))) {
    const message = `Unexpected line \`${n}\`, expected each line once, after the one before it.`;
    found('validate/line-order', element, message);
  }
  lines.add(n);
}

const isEntry = ({ name, attributes }: DocumentElement): boolean => name === 'div' && attributes.type === 'entry';

/** Compares each entry among the children of an element, and the first of each year, with the entry before it. */
function entryOrder(parent: DocumentElement, found: Found): void {
  let before: DocumentElement | undefined;
  let divBefore: DocumentElement | undefined;
  for (const div of childrenOf(parent, 'div')) {
    if (isEntry(div)) {
      ascends(before, div, found);
      before = div;
    } else if (div.attributes.type === 'year') {
      ascends(lastEntry(divBefore), childrenOf(div, 'div').find(isEntry), found);
    }
    divBefore = div;
  }
}

function ascends(before: DocumentElement | undefined, entry: DocumentElement | undefined, found: Found): void {
  if (!before || !entry || Number(before.attributes.n) < Number(entry.attributes.n)) return;
  const message = `Unexpected entry \`${entry.attributes.n}\` after entry \`${before.attributes.n}\`, expected a higher number.`;
  found('validate/entry-order', entry, message, { related: [{ element: before, message: 'the entry before it' }] });
}

function lastEntry(div: DocumentElement | undefined): DocumentElement | undefined {
  if (!div) return undefined;
  for (const child of childrenOf(div, 'div').reverse()) {
    const last = lastEntry(child);
    if (last) return last;
  }
  return isEntry(div) ? div : undefined;
}
