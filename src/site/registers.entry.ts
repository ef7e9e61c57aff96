// On a register: its articles follow the order that the reader chooses. The list of headwords does so by style alone.

const store = 'weibian.order';

/** Puts the articles in the order of their `data-ORDER` ranks. */
function arrange(order: string): void {
  const list = document.querySelector('.entities');
  if (!list) return;
  const rank = (article: Element): number => Number(article.getAttribute(`data-${order}`));
  list.append(...[...list.children].sort((a, b) => rank(a) - rank(b)));
}

function storedOrder(): string | undefined {
  try {
    return localStorage.getItem(store) ?? undefined;
  } catch {
    return undefined; // A browser may refuse the store, on file: or by the reader's wish.
  }
}

function keepOrder(order: string): void {
  try {
    localStorage.setItem(store, order);
  } catch {
    // Without a store the choice lasts as long as the page.
  }
}

const choices = [...document.querySelectorAll<HTMLInputElement>('.orders input')];
for (const choice of choices) {
  choice.addEventListener('change', () => {
    arrange(choice.value);
    keepOrder(choice.value);
  });
}
const kept = choices.find(({ value }) => value === storedOrder());
if (kept && !kept.checked) {
  kept.checked = true;
  arrange(kept.value);
  // The order changed under an address that points at an entity.
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}
