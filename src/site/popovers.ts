import { currentSetting } from './settings.ts';

// Popovers of names, citations, dates and readings. Their content is in the page: templates of the entities, and the lists
// after the text. A link that opens one still leads to the register or the list where no script runs, or with Ctrl.

const triggers = 'a[data-entity], a.date, a.choice, a.sign';
const layerOf: readonly (readonly [selector: string, layer: string])[] = [
  ['.persName', 'persons'],
  ['.placeName', 'places'],
  ['.orgName', 'peoples'],
  ['.date', 'dates'],
  ['.bibl', 'citations'],
  ['.choice', 'corrections'],
];

/** Makes the links of the text open popovers, by mouse, touch and keyboard. */
export function connectPopovers(): void {
  const box = makeBox();
  let opener: HTMLAnchorElement | undefined;
  const open = (link: HTMLAnchorElement, focus: boolean): void => {
    box.replaceChildren(...contentFor(link));
    if (box.childElementCount === 0) return;
    nameBox(box, link);
    opener?.classList.remove('open');
    opener = link;
    link.classList.add('open');
    if (!box.matches(':popover-open')) box.showPopover();
    place(box, link);
    box.scrollTop = 0;
    if (focus) box.focus();
  };
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const step = target?.closest('.previous-mention') ? -1 : target?.closest('.next-mention') ? 1 : 0;
    if (step !== 0 && opener) {
      const next = mentionBy(opener, step);
      next.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      open(next, false);
      box.querySelector<HTMLElement>(step < 0 ? '.previous-mention' : '.next-mention')?.focus();
      return;
    }
    if (target?.closest('.popover a[href^="#"]')) {
      // The reader goes elsewhere on the page: the box must not call the focus back.
      opener?.classList.remove('open');
      opener = undefined;
      box.hidePopover();
      return;
    }
    const link = target?.closest<HTMLAnchorElement>(triggers);
    if (!link) return;
    if (isHidden(link)) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    // A click without a pointer is the Enter key: who reads by keyboard goes on in the popover.
    open(link, event.detail === 0);
  });
  // The middle button opens links in another tab.
  document.addEventListener('auxclick', (event) => {
    const link = event.target instanceof Element ? event.target.closest(triggers) : null;
    if (link && isHidden(link)) event.preventDefault();
  });
  box.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState !== 'closed' || !opener) return;
    opener.classList.remove('open');
    if (document.activeElement === document.body || box.contains(document.activeElement)) {
      opener.focus({ preventScroll: true });
    }
    opener = undefined;
  });
}

/** A mark whose layer is off is plain text, and its link leads nowhere. */
function isHidden(link: Element): boolean {
  const hidden = currentSetting('hide').split(' ');
  return layerOf.some(([selector, layer]) => link.matches(selector) && hidden.includes(layer));
}

function makeBox(): HTMLElement {
  const box = document.createElement('div');
  box.className = 'popover';
  box.id = ':popover';
  box.tabIndex = -1;
  box.setAttribute('popover', 'auto');
  box.setAttribute('role', 'dialog');
  document.body.append(box);
  return box;
}

/** Names the box by its own headword: the entity, the words of a date, the reading; else by the words of the link. */
function nameBox(box: HTMLElement, link: HTMLElement): void {
  const head = box.querySelector('h2, .item > .words');
  box.toggleAttribute('aria-labelledby', head !== null);
  box.toggleAttribute('aria-label', head === null);
  if (head) {
    head.id = ':popover-head';
    box.setAttribute('aria-labelledby', head.id);
  } else box.setAttribute('aria-label', box.querySelector('.item')?.textContent.trim() || link.innerText);
}

/** What the popover of a link shows: the entity with what is said of this mention, or the items of the lists after the text. */
function contentFor(link: HTMLAnchorElement): Node[] {
  const { entity } = link.dataset;
  if (entity === undefined) return listed(link.hash.slice(1));
  const nodes = instance(`:entity.${entity}`);
  for (const passage of nodes.flatMap((node) => [...node.querySelectorAll<HTMLElement>('.passage')])) {
    if (passage.dataset.juan !== link.dataset.juan) passage.remove();
  }
  const corrections = [...link.querySelectorAll<HTMLElement>('[data-see]')].map(({ dataset }) => dataset.see!.slice(1));
  nodes.find(({ className }) => className === 'facts')?.append(...officeOf(link));
  return [...nodes, ...corrections.flatMap(listed), ...signature(link), ...neighbours(link)];
}

/** A copy of an item of 校記 or 紀日, and of the other items on the same note. */
function listed(fragment: string): Element[] {
  const item = document.getElementById(decodeURIComponent(fragment));
  if (!item) return [];
  const same = item.dataset.of ? document.querySelectorAll(`[data-of="${CSS.escape(item.dataset.of)}"]`) : [item];
  return [...same].map((one) => {
    const copy = document.createElement('div');
    copy.className = 'item';
    copy.append(...[...one.childNodes].map((node) => node.cloneNode(true)));
    copy.querySelector('.reference')?.remove();
    return copy;
  });
}

function instance(template: string): Element[] {
  const found = document.getElementById(template);
  if (!(found instanceof HTMLTemplateElement)) return [];
  return [...(found.content.cloneNode(true) as DocumentFragment).children];
}

/** The office that the text has before the name here, signed: it is read by the tool, not marked in the TEI. */
function officeOf({ dataset: { office } }: HTMLElement): Element[] {
  if (office === undefined) return [];
  const nodes = instance(':office');
  for (const words of nodes.flatMap((node) => [...node.querySelectorAll('.words')])) words.textContent = office;
  return nodes;
}

/** How certain the mention is and who says so. */
function signature({ dataset: { cert, resp } }: HTMLElement): Element[] {
  const parts = [
    ...(cert ? [instance(`:cert.${cert}`)] : []),
    ...(resp ?? '').split(' ').map((id) => instance(`:signer.${id}`)),
  ];
  const filled = parts.filter((part) => part.length > 0);
  if (filled.length === 0) return [];
  const line = document.createElement('p');
  line.className = 'signed';
  for (const part of filled) {
    if (line.hasChildNodes()) line.append(' · ');
    for (const node of part) line.append(node, ' ');
  }
  return [line];
}

/** Which of the mentions on this page it is, and the way to the others. */
function neighbours(link: HTMLAnchorElement): Element[] {
  const all = mentionsOf(link);
  if (all.length < 2) return [];
  const box = document.createElement('div');
  box.className = 'mention-steps';
  box.append(...instance(':mention'));
  box.querySelector('.ordinal')!.textContent = `${all.indexOf(first(link)) + 1} / ${all.length}`;
  return [box];
}

function mentionsOf(link: HTMLAnchorElement): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>(`a[id][data-entity="${CSS.escape(link.dataset.entity!)}"]`)];
}

/** The part with the id, of a name that is broken over columns. */
function first(link: HTMLAnchorElement): HTMLAnchorElement {
  const all = [...document.querySelectorAll<HTMLAnchorElement>('a[data-entity]')];
  return link.id ? link : (all.slice(0, all.indexOf(link)).findLast(({ id }) => id) ?? link);
}

function mentionBy(link: HTMLAnchorElement, step: number): HTMLAnchorElement {
  const all = mentionsOf(link);
  return all.at((all.indexOf(first(link)) + step) % all.length)!;
}

const anchored = CSS.supports('position-area: block-end') && CSS.supports('anchor-name: --a');

/** Puts the box beside what opened it: by CSS where the browser can, else by measuring. */
function place(box: HTMLElement, link: HTMLElement): void {
  if (anchored) {
    for (const old of document.querySelectorAll<HTMLElement>('[data-anchor]')) {
      old.style.removeProperty('anchor-name');
      old.removeAttribute('data-anchor');
    }
    link.style.setProperty('anchor-name', '--opener');
    link.setAttribute('data-anchor', '');
    return;
  }
  const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + 8 + height < innerHeight;
  box.style.inset = 'auto';
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, below ? at.bottom + 8 : at.top - height - 8)}px`;
}
