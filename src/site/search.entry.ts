import { openPagefind } from './pagefind-engine.ts';
import type { SearchEngine } from './search-engine.ts';
import { connectSearch } from './search-view.ts';
import { openTexts } from './text-scripts.ts';

// search.html: Pagefind where there is a server, the texts themselves where there is none.

const folder = new URL('search/', document.baseURI);

async function openEngine(): Promise<SearchEngine> {
  const texts = (): Promise<SearchEngine> => openTexts((part) => new URL(`texts-${part}.js`, folder).href);
  if (location.protocol === 'file:') return texts();
  return openPagefind(new URL('pagefind/', folder).href).catch(texts);
}

connectSearch(openEngine);
