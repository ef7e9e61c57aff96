import { settingEvent } from './settings.ts';
import { entryInView, isVertical } from './vertical.ts';

// The running head: year and month of the entry that is being read.

/** Shows in `.here` where the reader is, and follows. */
export function followReading(): void {
  const here = document.querySelector<HTMLElement>('.here');
  const labels = labelEntries();
  if (!here || labels.size === 0) return;
  const last = [...labels.values()].at(-1)!;
  const show = (): void => {
    const entry = entryInView();
    here.textContent = entry ? (labels.get(entry) ?? '') : last;
  };
  let observer = observe(labels.keys(), show);
  document.addEventListener(settingEvent, (event) => {
    if ((event as CustomEvent<string>).detail !== 'direction') return;
    observer.disconnect();
    observer = observe(labels.keys(), show);
  });
}

/** Watches a strip where reading begins: at the right in vertical text, at the top in horizontal. */
function observe(entries: Iterable<Element>, show: () => void): IntersectionObserver {
  const rootMargin = isVertical() ? '0px -8% 0px -84%' : '-12% 0px -80% 0px';
  const observer = new IntersectionObserver(show, { rootMargin });
  for (const entry of entries) observer.observe(entry);
  return observer;
}

/** What the head says at each entry: its own date, or the last date before it in its year. */
function labelEntries(): Map<Element, string> {
  const labels = new Map<Element, string>();
  for (const section of document.querySelectorAll('.year, .text')) {
    let label = section.querySelector(':scope > h2 .civil')?.textContent ?? '';
    for (const entry of section.querySelectorAll(':scope > .entry')) {
      label = entry.querySelector('.when .civil')?.textContent || label;
      labels.set(entry, label);
    }
  }
  return labels;
}
