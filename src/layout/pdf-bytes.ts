/** Takes the bytes of a file as they are made, in blocks: a long book is written in millions of small pieces. */
export class ByteCollector {
  readonly #full: Buffer[] = [];
  #block = Buffer.allocUnsafe(blockSize);
  #used = 0;

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#used === blockSize) {
        this.#full.push(this.#block);
        this.#block = Buffer.allocUnsafe(blockSize);
        this.#used = 0;
      }
      const part = bytes.subarray(at, at + blockSize - this.#used);
      this.#block.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
    }
  }

  /** All bytes so far as one. */
  join(): Uint8Array {
    return Buffer.concat([...this.#full, this.#block.subarray(0, this.#used)]);
  }
}

const blockSize = 1 << 20;
