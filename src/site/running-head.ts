import { settingEvent } from './settings.ts';
import { isVertical } from './vertical.ts';

// The running head: year and month of the entry that is being read.

/** Shows in `.here` where the reader is, and follows. */
export function followReading(): void {
  const here = document.querySelector<HTMLElement>('.here');
  const labels = labelEntries();
  if (!here || labels.size === 0) return;
  const inStrip = new Set<Element>();
  const show = (changes: readonly IntersectionObserverEntry[]): void => {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) inStrip.add(target);
      else inStrip.delete(target);
    }
    const [first] = [...labels.keys()].filter((entry) => inStrip.has(entry));
    if (first) here.textContent = labels.get(first)!;
  };
  let observer = observe(labels.keys(), show);
  here.textContent = [...labels.values()][0]!;
  document.addEventListener(settingEvent, (event) => {
    if ((event as CustomEvent<string>).detail !== 'direction') return;
    observer.disconnect();
    inStrip.clear();
    observer = observe(labels.keys(), show);
  });
}

/** Watches a strip where reading begins: at the right in vertical text, at the top in horizontal. */
function observe(
  entries: Iterable<Element>,
  show: (changes: IntersectionObserverEntry[]) => void,
): IntersectionObserver {
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
