/**
 * Remembers what was worked out for texts: the last `size` of them at least, twice as many at most, however many
 * documents a process reads.
 */
export class RecentMemory<T extends object | string> {
  readonly #size: number;
  #recent = new Map<string, T>();
  #older = new Map<string, T>();

  constructor(size: number) {
    this.#size = size;
  }

  /** What `make` gives for a text, worked out anew only where the text was not met lately. */
  recall(text: string, make: (text: string) => T): T {
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    // A part of a long text keeps the whole in memory: what is remembered has to be a text of its own.
    const own = Buffer.from(text, 'utf16le').toString('utf16le');
    const value = this.#older.get(own) ?? make(own);
    if (this.#recent.size >= this.#size) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(own, value);
    return value;
  }
}
