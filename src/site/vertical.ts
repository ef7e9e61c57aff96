import { setNotes } from './double-line.ts';
import { currentSetting, settingEvent } from './settings.ts';

// 直排: the page is a scroll from right to left; the wheel and the keys of a page move along it.

const main = document.querySelector<HTMLElement>('main')!;
const text = document.querySelector<HTMLElement>('.text')!;
const root = document.documentElement;
const entries = [...document.querySelectorAll<HTMLElement>('.entry')];

/** Milliseconds that a page waits for its font; the style sheet shows it in 3 seconds without any script. */
const patience = 900;

/** Whether the text runs in columns now. */
export function isVertical(): boolean {
  return currentSetting('direction') === 'vertical';
}

/** Sets the notes, now and whenever direction, height, size of the text, font or what is shown changes; maps the wheel. */
export function followDirection(): void {
  let set = '';
  const setText = (): void => {
    const state = `${main.clientHeight} ${getComputedStyle(text).fontSize} ${currentSetting('hide')}`;
    if (!isVertical() || state === set) return;
    set = state;
    setNotes(text);
  };
  const show = (): void => {
    set = '';
    setText();
    root.setAttribute('data-ready', '');
    goToTarget();
  };
  // Setting notes in another font would be work done twice; a font that does not come is not waited for.
  const font = document.fonts.load('1em "Weibian Serif"', '字');
  Promise.race([font, new Promise((resolve) => setTimeout(resolve, patience))]).then(show, show);
  new ResizeObserver(() => requestAnimationFrame(() => set && setText())).observe(main);
  main.addEventListener('wheel', turnWheel, { passive: false });
  let reading = entries[0];
  onReading((entry) => {
    reading = entry;
  });
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

/** The entry at the beginning of the screen, as {@link showEntry} leaves it: the first that reaches into it, else the last. */
export function entryInView(): HTMLElement | undefined {
  const padding = isVertical() ? getComputedStyle(main).scrollPaddingRight : getComputedStyle(root).scrollPaddingTop;
  const line = (Number.parseFloat(padding) || 0) + 8;
  const edge = main.getBoundingClientRect().right - line;
  const reaches = (entry: Element): boolean => {
    const { left, bottom } = entry.getBoundingClientRect();
    return isVertical() ? left < edge : bottom > line;
  };
  return entries.find(reaches) ?? entries.at(-1);
}

/** Tells which entry is at the beginning of the screen, now and whenever that changes. */
export function onReading(listener: (entry: HTMLElement) => void): void {
  let told: HTMLElement | undefined;
  const look = (): void => {
    const entry = entryInView();
    if (entry && entry !== told) listener(entry);
    told = entry;
  };
  look();
  main.addEventListener('scroll', look, { passive: true });
  addEventListener('scroll', look, { passive: true });
}
