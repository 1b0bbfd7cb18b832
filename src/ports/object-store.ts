/**
 * Bytes under the SHA-256 of themselves, so that the same bytes are kept once and nothing is ever overwritten.
 * Leaves out listing, deleting and ranges: objects are whole, small enough for memory, and kept.
 */
export interface ObjectStore {
  /** Keeps the bytes and gives their SHA-256 (lower-case hex). Repeating it is harmless. Errors: STORE_UNAVAILABLE. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes, verified. Errors: NOT_FOUND, SOURCE_CORRUPT where they no longer match, STORE_UNAVAILABLE. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
  /** Resolves where the store can be written to. Errors: STORE_UNAVAILABLE. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
