/**
 * Words by their UTF-16 units in one hash table of typed arrays: finds every word that begins at a place of a text in
 * time of the longest of them, however many words there are.
 */
export class WordTrie {
  /** Hash slots: node in the high bits, unit in the low sixteen, and the node they lead to. */
  #keys: Float64Array;
  #next: Int32Array;
  #mask: number;
  #nodes = 1;
  #word: Int32Array;
  /** By code unit: 1 where a word begins with it, for most places of a text begin none. */
  readonly #begins = new Uint8Array(0x10000);

  /** Words in the order of their numbers; of equal words the last has the place. */
  constructor(words: readonly string[]) {
    const units = words.reduce((sum, word) => sum + word.length, 0);
    let size = 16;
    while (size < units * 2) size *= 2;
    this.#keys = new Float64Array(size).fill(-1);
    this.#next = new Int32Array(size);
    this.#mask = size - 1;
    this.#word = new Int32Array(units + 1).fill(-1);
    words.forEach((word, number) => {
      let node = 0;
      for (let at = 0; at < word.length; at++) node = this.#step(node, word.charCodeAt(at), true);
      if (word === '') return;
      this.#word[node] = number;
      this.#begins[word.charCodeAt(0)] = 1;
    });
  }

  #step(node: number, unit: number, make: boolean): number {
    const key = node * 65536 + unit;
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & this.#mask;
    while (this.#keys[slot] !== key) {
      if (this.#keys[slot] === -1) {
        if (!make) return -1;
        this.#keys[slot] = key;
        this.#next[slot] = this.#nodes++;
        break;
      }
      slot = (slot + 1) & this.#mask;
    }
    return this.#next[slot]!;
  }

  /** Calls `visit` with number and length (UTF-16 units) of each word that begins at the place, shortest first. */
  matches(text: string, at: number, limit: number, visit: (word: number, length: number) => void): void {
    if (this.#begins[text.charCodeAt(at)] !== 1) return;
    let node = 0;
    for (let end = at; end < limit; ) {
      node = this.#step(node, text.charCodeAt(end++), false);
      if (node < 0) return;
      const word = this.#word[node]!;
      if (word >= 0) visit(word, end - at);
    }
  }
}
