import { type CitationFormat, withAddress } from './citation-address.ts';

// On the pages of the text: buttons that copy the citation of an entry, which the page has in all its forms.

const controls = document.getElementById(':cite') as HTMLTemplateElement | null;

/** The address of an entry, where it is one that others can follow. */
function addressOf(cite: Element): string | undefined {
  const entry = cite.closest('[id]');
  return entry && location.protocol !== 'file:' ? new URL(`#${entry.id}`, location.href).href : undefined;
}

function citationOf(cite: Element, format: CitationFormat): string {
  const element = cite.querySelector<HTMLElement>(`[data-format="${format}"]`)!;
  // Of a line in two languages innerText has the one that is shown.
  const citation = (format === 'text' ? element.innerText : element.textContent).trim();
  const address = addressOf(cite);
  return address === undefined ? citation : withAddress(citation, format, address);
}

async function copy(cite: Element, format: CitationFormat): Promise<void> {
  let state = 'copied';
  try {
    await navigator.clipboard.writeText(citationOf(cite, format));
  } catch {
    state = 'failed';
  }
  for (const line of cite.querySelectorAll<HTMLElement>('[data-state]')) line.hidden = line.dataset.state !== state;
}

/** The buttons come when a citation is opened first: a long page has hundreds. */
function equip(cite: HTMLDetailsElement): void {
  cite.addEventListener('toggle', () => cite.querySelector('.formats')!.prepend(controls!.content.cloneNode(true)), {
    once: true,
  });
  cite.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('button[data-copy]');
    if (button) void copy(cite, button.dataset.copy as CitationFormat);
  });
}

if (controls) document.querySelectorAll<HTMLDetailsElement>('details.cite').forEach(equip);
