import { hitContext } from './hit-context.ts';
import { type SearchEngine, type SearchRequest, type SearchResult, search } from './search-engine.ts';
import { currentSetting, settingEvent } from './settings.ts';

/** Hits that are shown at a time. */
const atOnce = 20;
/** Milliseconds without a key before a search starts by itself. */
const patience = 150;

interface View {
  readonly form: HTMLFormElement;
  readonly query: HTMLInputElement;
  readonly year: HTMLSelectElement;
  readonly hits: HTMLElement;
  readonly more: HTMLElement;
}

/** Connects the form of the search page; the engine is opened at the first search. */
export function connectSearch(open: () => Promise<SearchEngine>): void {
  const view = findView();
  const yearLabels = new Map([...view.year.options].map((option) => [option.value, option.text]));
  const values = { type: typesOf(view.form), year: [...yearLabels.keys()] };
  let opened: Promise<SearchEngine> | undefined;
  let latest = 0;

  async function run(): Promise<void> {
    const own = ++latest;
    const request = readRequest(view);
    keepRequest(request);
    view.hits.ariaBusy = 'true';
    try {
      if (!opened) showState('working');
      opened ??= open();
      const engine = await opened;
      const result = await search(engine, request, values);
      const items = await loadItems(engine, result, 0);
      if (own !== latest) return;
      view.hits.replaceChildren(...items);
      showResult(view, yearLabels, request, result);
      offerMore(view, engine, result);
    } catch (fault) {
      opened = undefined;
      if (own === latest) showState('failed');
      throw fault;
    } finally {
      if (own === latest) view.hits.ariaBusy = 'false';
    }
  }

  let timer: number | undefined;
  view.form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run();
  });
  view.form.addEventListener('input', (event) => {
    // While an input method composes, the characters are not yet chosen.
    if ((event as InputEvent).isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), patience);
  });
  view.query.addEventListener('compositionend', () => void run());
  // The list of years has lost its counts with its old language.
  document.addEventListener(settingEvent, (event) => {
    if ((event as CustomEvent<string>).detail === 'lang' && opened) void run();
  });
  addEventListener('hashchange', () => {
    if (location.hash === hashOf(readRequest(view))) return;
    writeRequest(view);
    void run();
  });
  writeRequest(view);
  if (view.query.value !== '') void run();
}

function findView(): View {
  return {
    form: byId('search') as HTMLFormElement,
    query: byId('query') as HTMLInputElement,
    year: byId('year') as HTMLSelectElement,
    hits: byId('hits'),
    more: byId('more'),
  };
}

function byId(name: string): HTMLElement {
  return document.getElementById(`:${name}`)!;
}

function typesOf(form: HTMLFormElement): string[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name="type"]')].map(({ value }) => value);
}

function readRequest({ form }: View): SearchRequest {
  const data = new FormData(form);
  const value = (name: string): string => String(data.get(name) ?? '');
  return { query: value('q'), type: value('type'), year: value('year') };
}

/** The request of the address, `?q=…` or `#q=…`, in the form. */
function writeRequest({ form, query, year }: View): void {
  const given = new URLSearchParams(location.hash === '' ? location.search : location.hash.slice(1));
  query.value = given.get('q') ?? '';
  year.value = given.get('year') ?? '';
  if (year.selectedIndex < 0) year.value = '';
  const type = given.get('type') ?? '';
  for (const input of form.querySelectorAll<HTMLInputElement>('input[name="type"]'))
    input.checked = input.value === type;
}

function hashOf({ query, type, year }: SearchRequest): string {
  const given = { q: query, type, year };
  const kept = Object.entries(given).filter(([, value]) => value !== '');
  return `#${new URLSearchParams(kept)}`;
}

/** The request goes behind the # of the address, which works on file: too, so that a search can be sent and cited. */
function keepRequest(request: SearchRequest): void {
  history.replaceState(undefined, '', hashOf(request));
}

function showState(state: 'working' | 'none' | 'failed' | 'found' | undefined): void {
  for (const line of byId('status').querySelectorAll<HTMLElement>('[data-state]')) {
    line.hidden = line.dataset.state !== state;
  }
}

function showResult(
  { form, year }: View,
  yearLabels: ReadonlyMap<string, string>,
  { query }: SearchRequest,
  { ids, counts }: SearchResult,
): void {
  const asked = query.trim() !== '';
  for (const count of form.querySelectorAll<HTMLElement>('[data-count]')) {
    count.textContent = asked ? String(counts.type.get(count.dataset.count!) ?? 0) : '';
  }
  for (const option of year.options) {
    const label = option.getAttribute(`data-label-${currentSetting('lang')}`) ?? yearLabels.get(option.value)!;
    option.text = asked ? `${label} (${counts.year.get(option.value) ?? 0})` : label;
  }
  byId('total').textContent = String(ids.length);
  showState(ids.length > 0 ? 'found' : asked ? 'none' : undefined);
}

async function loadItems(engine: SearchEngine, { ids, terms }: SearchResult, from: number): Promise<Node[]> {
  const records = await Promise.all(ids.slice(from, from + atOnce).map((id) => engine.load(id)));
  return records.map((record) => {
    const item = (byId('hit') as HTMLTemplateElement).content.firstElementChild!.cloneNode(true) as HTMLElement;
    const { kind, parts } = hitContext(record, terms);
    const title = item.querySelector<HTMLAnchorElement>('a')!;
    title.textContent = record.title;
    title.href = record.href;
    item.querySelector('.kind')!.append(...labelsOf(record.type), ...labelsOf(kind));
    item.querySelector('.when')!.textContent = record.date ?? '';
    item.querySelector('.context')!.append(...parts.map(({ text, marked }) => (marked ? markedText(text) : text)));
    return item;
  });
}

/** The label of a type or a reading as the page has it; nothing where it needs none. */
function labelsOf(name: string): Node[] {
  const labels = (byId('labels') as HTMLTemplateElement).content.querySelectorAll(`[data-label="${name}"]`);
  return [...labels].flatMap((label) => [label.cloneNode(true), document.createTextNode(' ')]);
}

function markedText(text: string): HTMLElement {
  const mark = document.createElement('mark');
  mark.textContent = text;
  return mark;
}

function offerMore({ hits, more }: View, engine: SearchEngine, result: SearchResult): void {
  more.hidden = hits.childElementCount >= result.ids.length;
  more.onclick = async () => {
    const items = await loadItems(engine, result, hits.childElementCount);
    hits.append(...items);
    more.hidden = hits.childElementCount >= result.ids.length;
    (items[0] as HTMLElement).querySelector('a')!.focus();
  };
}
