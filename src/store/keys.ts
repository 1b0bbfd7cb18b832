import { createHash } from 'node:crypto';
import type { DocumentInfo, RunSettings, RunSpec } from '../model/run.js';

/** Half a SHA-256 is enough for ids that nobody attacks and everybody copies. */
const ID_LENGTH = 32;
const SETTINGS_HASH_LENGTH = 12;

/** SHA-256 as lower-case hex. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Settings as they key a run: canonical JSON (keys sorted, functions and undefined left out) and its hash. */
export function runSettings(settings: object): RunSettings {
  const json = canonicalJson(JSON.parse(JSON.stringify(settings)));
  return { json, hash: sha256Of(json).slice(0, SETTINGS_HASH_LENGTH) };
}

/** The identity of a run, and of its job: source, version and settings, without ":" (BullMQ keeps that for itself). */
export function runKeyOf(sha256: string, spec: RunSpec): string {
  return `${sha256}-${spec.extractorVersion.replaceAll(':', '_')}-${spec.settings.hash}`;
}

/** The identity of a document: the same bytes from the same place at the same time are one document. */
export function documentIdOf(document: DocumentInfo): string {
  const parts = [document.sha256, document.uri, document.path, document.crawledAt];
  return sha256Of(JSON.stringify(parts)).slice(0, ID_LENGTH);
}

/** An id made of what it names, so that making it twice gives one row. */
export function idOf(...parts: readonly string[]): string {
  return sha256Of(JSON.stringify(parts)).slice(0, ID_LENGTH);
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
