const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Reads a stream of chunks as lines and blocks, holding no more than what was asked for and one chunk. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);
  /** Why the stream broke off; what came before is still given, so ask when the end has come. */
  failure: unknown = null;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** The next line without its end, at most `maxBytes` of it; null at the end of the stream. */
  async line(maxBytes: number): Promise<Buffer | null> {
    let searched = 0;
    for (;;) {
      const end = this.#held.indexOf(LINE_FEED, searched);
      if (end >= 0) return trimReturn(this.#cut(end + 1).subarray(0, end));
      searched = this.#held.length;
      if (searched >= maxBytes) return this.#cut(maxBytes);
      if (!(await this.#more())) return searched === 0 ? null : this.#cut(searched);
    }
  }

  /** The next `length` bytes, fewer where the stream ends before. */
  async block(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0 && (this.#held.length > 0 || (await this.#more()))) {
      const part = this.#cut(Math.min(missing, this.#held.length));
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** Passes over `length` bytes without keeping them; gives how many there were. */
  async skip(length: number): Promise<number> {
    let missing = length;
    while (missing > 0 && (this.#held.length > 0 || (await this.#more()))) {
      missing -= this.#cut(Math.min(missing, this.#held.length)).length;
    }
    return length - missing;
  }

  /** Passes over line ends; gives the first `length` bytes behind them without taking these. */
  async peekBehindLineEnds(length: number): Promise<Buffer> {
    for (;;) {
      const start = this.#held.findIndex((byte) => byte !== LINE_FEED && byte !== CARRIAGE_RETURN);
      this.#cut(start < 0 ? this.#held.length : start);
      if (this.#held.length >= length || !(await this.#more())) return this.#held.subarray(0, length);
    }
  }

  /** Puts bytes back in front. */
  unread(bytes: Uint8Array): void {
    this.#held = Buffer.concat([bytes, this.#held]);
  }

  #cut(length: number): Buffer {
    const part = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return part;
  }

  async #more(): Promise<boolean> {
    if (this.failure !== null) return false;
    const next = await this.#chunks.next().catch((error: unknown) => {
      this.failure = error;
      return { done: true } as const;
    });
    if (next.done) return false;
    this.#held = this.#held.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#held, next.value]);
    return true;
  }
}

function trimReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
