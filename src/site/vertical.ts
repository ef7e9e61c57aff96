import { setNotes } from './double-line.ts';
import { currentSetting, settingEvent } from './settings.ts';

// 直排: the page is a scroll from right to left; the wheel and the keys of a page move along it.

const main = document.querySelector<HTMLElement>('main')!;
const text = document.querySelector<HTMLElement>('.text')!;

/** Whether the text runs in columns now. */
export function isVertical(): boolean {
  return currentSetting('direction') === 'vertical';
}

/** Sets the notes, now and whenever direction, height, size of the text or what is shown changes; maps the wheel. */
export function followDirection(): void {
  let set = '';
  const setText = (): void => {
    const state = `${main.clientHeight} ${getComputedStyle(text).fontSize} ${currentSetting('hide')}`;
    if (!isVertical() || state === set) return;
    set = state;
    setNotes(text);
    document.documentElement.setAttribute('data-set', '');
  };
  setText();
  goToTarget();
  new ResizeObserver(() => requestAnimationFrame(setText)).observe(main);
  main.addEventListener('wheel', turnWheel, { passive: false });
  let reading = entryInView();
  main.addEventListener('scroll', () => (reading = entryInView()), { passive: true });
  addEventListener('scroll', () => (reading = entryInView()), { passive: true });
  document.addEventListener(settingEvent, (event) => {
    const name = (event as CustomEvent<string>).detail;
    if (name !== 'direction' && name !== 'size' && name !== 'hide') return;
    const kept = reading;
    setText();
    if (kept) showEntry(kept, 'instant');
  });
}

/** A wheel that turns up and down moves the text along; one that turns sideways does so by itself. */
function turnWheel(event: WheelEvent): void {
  if (!isVertical() || event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : 1;
  main.scrollBy({ left: -event.deltaY * lines, behavior: 'instant' });
  event.preventDefault();
}

/** The anchor of the address may have moved when the notes were set. */
function goToTarget(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  if (isVertical() && id) document.getElementById(id)?.scrollIntoView({ inline: 'start', block: 'start' });
}

/** Moves the text along by parts of the screen: 1 is one screen forward. */
export function turnPage(part: number): void {
  main.scrollBy({ left: -part * main.clientWidth });
}

/** Brings an entry to the beginning of the screen. */
export function showEntry(entry: Element, behavior: ScrollBehavior = 'auto'): void {
  entry.scrollIntoView({ block: 'start', inline: 'nearest', behavior });
}

const entries = [...document.querySelectorAll<HTMLElement>('.entry')];

/** The entry at the beginning of the screen: the first that reaches into it. */
export function entryInView(): HTMLElement | undefined {
  if (isVertical()) {
    const { right } = main.getBoundingClientRect();
    return entries.find((entry) => entry.getBoundingClientRect().left < right - 60);
  }
  return entries.find((entry) => entry.getBoundingClientRect().bottom > 120);
}
