import type { XmlStartTag } from '../core/xml.ts';
import { officeBefore } from '../lexicon/office-before.ts';

/** Handlers of the elements and the text of a TEI document; only what is in the TEI namespace. */
export interface OfficeReader {
  start(tag: XmlStartTag): void;
  text(text: string): void;
  end(element: { readonly local: string }): void;
}

/** Characters before a name that are looked at: the longest offices in a row are shorter. */
const reach = 40;

/** The attribute by which an element of the text points at an entity. */
const pointers: Readonly<Record<string, string>> = {
  persName: 'ref',
  placeName: 'ref',
  orgName: 'ref',
  rs: 'ref',
  bibl: 'corresp',
};

/**
 * Notes the office that stands directly before a person's name, with the place or people that it is of: 靈州知州, 知鎮戎軍,
 * 六穀首領. The key is the anchor of the mention on its page (xslt/modules/links.xsl): the id of its div, and which mention there.
 */
export function officeReader(offices: Map<string, string>): OfficeReader {
  const divs: (string | undefined)[] = [];
  let inBody = false;
  let corrections = 0;
  let mention = 0;
  let block = '';
  let opened = 0;
  let last = { start: -1, end: -1, local: '' };
  return {
    start: ({ local, attributes }) => {
      const value = (name: string): string | undefined => attributes.find((one) => one.name === name)?.value;
      if (local === 'body') inBody = true;
      if (!inBody) return;
      if (local === 'div') {
        divs.push(value('xml:id'));
        mention = 0;
      }
      if (['body', 'p', 'head', 'ab'].includes(local)) {
        block = '';
        last = { start: -1, end: -1, local: '' };
      }
      if (local === 'corr') corrections++;
      const pointer = pointers[local];
      if (pointer === undefined || value(pointer) === undefined) return;
      mention++;
      opened = block.length;
      const id = divs.at(-1);
      const office = local === 'persName' && id !== undefined ? officeAt(block, last) : undefined;
      if (office !== undefined) offices.set(`${id}.m${mention}`, office);
    },
    text: (text) => {
      if (inBody && corrections === 0) block += text.replace(/\s/g, '');
    },
    end: ({ local }) => {
      if (local === 'body') inBody = false;
      if (!inBody) return;
      if (local === 'div') divs.pop();
      if (local === 'corr') corrections--;
      if (local === 'placeName' || local === 'orgName') last = { start: opened, end: block.length, local };
    },
  };
}

/** The office at the end of a block, given the name of a place or people that was closed last. */
function officeAt(block: string, name: { start: number; end: number; local: string }): string | undefined {
  const office = officeBefore(block.slice(-reach));
  const start = block.length - (office?.length ?? 0);
  // 族長 begins inside 黃女族. A state of one character says whose the person is, not what (宋指揮使).
  const named = name.start < start && start <= name.end && name.end - name.start > 1;
  if (office !== undefined) return named ? block.slice(name.start) : office;
  if (!named || name.local !== 'placeName') return undefined;
  const governing = /(?:權|同|判|改|徙)?知$|權?判$/.exec(block.slice(0, name.start));
  return governing ? block.slice(governing.index) : undefined;
}
