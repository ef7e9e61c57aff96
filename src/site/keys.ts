import { changeSetting, currentSetting } from './settings.ts';
import { entryInView, isVertical, showEntry, turnPage } from './vertical.ts';

// The keyboard. Nothing is taken from a field, an open panel or a key held with Ctrl, Alt or Meta.

/** Makes the keys of a text page work; those of one letter only while the reader wants them (WCAG 2.1.4). */
export function connectKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isBusy(event.target)) return;
    const act = isVertical() ? (moves[event.key] ?? letter(event.key)) : letter(event.key);
    if (!act) return;
    act(event);
    event.preventDefault();
  });
}

type Action = (event: KeyboardEvent) => void;

/** Keys that scroll a page down, in vertical text. */
const moves: Readonly<Record<string, Action>> = {
  ArrowLeft: () => turnPage(0.15),
  ArrowRight: () => turnPage(-0.15),
  PageDown: () => turnPage(0.9),
  PageUp: () => turnPage(-0.9),
  ' ': ({ shiftKey }) => turnPage(shiftKey ? -0.9 : 0.9),
  Home: () => turnPage(-1000),
  End: () => turnPage(1000),
};

const letters: Readonly<Record<string, Action>> = {
  j: () => goBy(1),
  k: () => goBy(-1),
  d: () => changeSetting('direction', isVertical() ? 'horizontal' : 'vertical'),
  l: () => openPanel(':legend'),
  '?': () => openPanel(':help'),
};

function letter(key: string): Action | undefined {
  return currentSetting('keys') === 'off' ? undefined : letters[key];
}

function openPanel(id: string): void {
  document.getElementById(id)?.showPopover();
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, select, textarea, [contenteditable], [popover]')) return true;
  return target.closest('button, summary') !== null && !target.closest('.entry');
}

/** To the next entry or the one before; its number takes the focus, so that Tab goes on from there. */
function goBy(step: number): void {
  const entries = [...document.querySelectorAll<HTMLElement>('.entry')];
  const focused = document.activeElement?.closest<HTMLElement>('.entry');
  const from = focused ?? entryInView();
  // With nothing focused the first j goes to the entry in view, not past it.
  const at = from ? entries.indexOf(from) + (focused || step < 0 ? step : 0) : 0;
  const entry = entries[Math.min(Math.max(at, 0), entries.length - 1)];
  if (!entry) return;
  entry.querySelector<HTMLElement>('.number')?.focus({ preventScroll: true });
  showEntry(entry);
}
