import type { SearchEngine } from './search-engine.ts';
import { type TextPart, textEngine } from './text-engine.ts';

/** Loads the scripts of the texts; `address` gives that of the Nth, from 1. */
export async function openTexts(address: (part: number) => string): Promise<SearchEngine> {
  const first = await loadPart(address(1));
  const others = Array.from({ length: first.parts - 1 }, (_, at) => at + 2);
  // One after the other, because each leaves its part at the end of the same list.
  const parts = [first];
  for (const part of others) parts.push(await loadPart(address(part)));
  return textEngine(parts.flatMap(({ records }) => records));
}

function loadPart(address: string): Promise<TextPart> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('error', () => reject(new Error(`cannot load ${address}`)));
    script.addEventListener('load', () => {
      const part = (globalThis as { weibianTexts?: TextPart[] }).weibianTexts?.at(-1);
      if (part) resolve(part);
      else reject(new Error(`no texts in ${address}`));
    });
    document.head.append(script);
  });
}
