import { beginsWithClosing, type NotePiece, setNote } from './set-note.ts';

// 雙行夾注 in the page: each note is broken into pieces of two half lines that fit the columns as the browser set them.
// The pieces are the note's own nodes in their order, so that selecting and copying gives the text of the source.

/** The nodes of each note as the page came, to begin from again. */
const originals = new WeakMap<Element, DocumentFragment>();

/** Blocks of text whose notes are set together: notes of one block wait for each other, those of different blocks do not. */
const blockSelector = '.gang, .mu, .heading';

/** Sets all notes below an element for the height it has now. The writing direction is vertical. */
export function setNotes(text: Element): void {
  const queues = [...text.querySelectorAll(blockSelector)]
    .map((block) => ({ block, notes: [...block.querySelectorAll<HTMLElement>('.note')] }))
    .filter(({ notes }) => notes.length > 0);
  for (const note of queues.flatMap(({ notes }) => notes)) restore(note);
  const rooms = queues.map(({ block }) => measureBlock(block));
  const rounds = Math.max(0, ...queues.map(({ notes }) => notes.length));
  // Measuring and changing alternate once per round, not once per note: each turn costs a layout of the page.
  for (let round = 0; round < rounds; round++) {
    const plans = queues.flatMap(({ notes }, at) => {
      const note = notes[round];
      return note ? [{ note, start: startOf(note, rooms[at]!), room: rooms[at]!, places: charactersOf(note) }] : [];
    });
    for (const { note, start, room, places } of plans) if (start !== undefined) setOne(note, start, room, places);
  }
}

interface BlockRoom {
  readonly top: number;
  readonly em: number;
  readonly rows: number;
}

function measureBlock(block: Element): BlockRoom {
  const style = getComputedStyle(block);
  const { top, height } = block.getBoundingClientRect();
  const em = Number.parseFloat(style.fontSize);
  const [above, below] = [style.paddingTop, style.paddingBottom].map(Number.parseFloat) as [number, number];
  return { top: top + above, em, rows: (height - above - below) / em };
}

/** Ems from the head of the column to the note; nothing for a note that is hidden. */
function startOf(note: Element, { top, em }: BlockRoom): number | undefined {
  const first = note.getClientRects()[0];
  return first && Math.max(0, (first.top - top) / em);
}

/** Small text to text, as in the style sheet (`.piece`). */
const density = 1 / 0.62;

function setOne(note: HTMLElement, start: number, { rows }: BlockRoom, places: readonly Place[]): void {
  originals.set(note, copyOf(note));
  const after = note.nextSibling?.textContent ?? '';
  // A mark after the note would drag the last piece into the next column if it found no room.
  const room = { start, rows: beginsWithClosing(after) ? rows - 1 : rows, density };
  const pieces = setNote(
    places.map(({ text }) => text),
    room,
  );
  for (const piece of [...pieces].reverse()) cut(note, piece, places);
}

interface Place {
  readonly node: Node;
  readonly offset: number;
  readonly text: string;
}

/** The visible characters of a note in order, and where each begins; a drawn character is one. Asks the layout. */
function charactersOf(note: Element): Place[] {
  const places: Place[] = [];
  const visit = (node: Node): void => {
    if (node instanceof Text) {
      let offset = 0;
      for (const text of node.data) {
        if (text !== '\n') places.push({ node, offset, text });
        offset += text.length;
      }
    } else if (node instanceof Element && node.matches('.beside, .above, .no-glyph')) {
      const parent = node.parentNode!;
      places.push({ node: parent, offset: [...parent.childNodes].indexOf(node as ChildNode), text: '〓' });
    } else if (node instanceof Element && node.getClientRects().length > 0) {
      for (const child of node.childNodes) visit(child);
    }
  };
  for (const child of note.childNodes) visit(child);
  return places;
}

/** Takes the end of the note, from the first character of a piece on, into an element of its own. Works from the last piece. */
function cut(note: Element, { from, middle, to, length }: NotePiece, places: readonly Place[]): void {
  if (from === to) return;
  const range = document.createRange();
  const half = places[middle];
  if (half && middle < to) {
    range.setStart(half.node, half.offset);
    range.insertNode(document.createElement('wbr'));
  }
  const first = places[from]!;
  if (from === 0) range.setStart(note, 0);
  else beginAt(range, note, first);
  const copies = depthBelow(note, range.startContainer);
  const firstPiece = note.querySelector(':scope > .piece');
  if (firstPiece) range.setEndBefore(firstPiece);
  else range.setEnd(note, note.childNodes.length);
  const piece = document.createElement('span');
  piece.className = 'piece';
  piece.style.setProperty('--length', String(length));
  const content = range.extractContents();
  // What a piece shares with the one before is a copy: the name or link goes on, its id does not.
  for (const copy of [...leadingElements(content)].slice(0, copies)) continueElement(copy);
  piece.append(content);
  if (firstPiece) note.insertBefore(piece, firstPiece);
  else note.append(piece);
}

/** Lets a range begin at a place, before the elements that begin there too: they go with it whole. */
function beginAt(range: Range, note: Element, { node, offset }: Place): void {
  if (offset > 0 || node === note) {
    range.setStart(node, offset);
    return;
  }
  let outermost = node;
  while (outermost.parentNode !== note && outermost === outermost.parentNode!.firstChild)
    outermost = outermost.parentNode!;
  range.setStartBefore(outermost);
}

/** How many elements below the note a node stands in, itself counted. */
function depthBelow(note: Element, node: Node): number {
  let depth = 0;
  for (let at: Node | null = node; at && at !== note; at = at.parentNode) if (at instanceof Element) depth++;
  return depth;
}

function* leadingElements(content: DocumentFragment): Generator<Element> {
  let node: ChildNode | null = content.firstChild;
  while (node) {
    if (node instanceof Element) yield node;
    node = node.firstChild;
  }
}

function continueElement(copy: Element): void {
  copy.removeAttribute('id');
  if (copy instanceof HTMLAnchorElement) copy.tabIndex = -1;
}

function copyOf(note: Element): DocumentFragment {
  const copy = document.createDocumentFragment();
  for (const child of note.childNodes) copy.append(child.cloneNode(true));
  return copy;
}

function restore(note: Element): void {
  const original = originals.get(note);
  if (original) note.replaceChildren(original.cloneNode(true));
}
