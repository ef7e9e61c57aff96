import { onReading } from './vertical.ts';

// The running head: year and month of the entry that is being read.

/** Shows in `.here` where the reader is, and follows. */
export function followReading(): void {
  const here = document.querySelector<HTMLElement>('.here');
  const labels = labelEntries();
  if (!here || labels.size === 0) return;
  onReading((entry) => {
    here.textContent = labels.get(entry) ?? '';
  });
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
