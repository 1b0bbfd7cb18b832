import { AwsClient } from 'aws4fetch';
import { AppError } from '../errors/app-error.js';
import type { ObjectStore } from '../ports/object-store.js';
import { verified } from './file-object-store.js';
import { sha256Of } from './keys.js';

export interface S3Settings {
  /** Address of the service, such as `http://minio:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const REQUEST_TIMEOUT_MS = 60_000;
/** The client's own repetitions for answers of 500 and above; longer troubles are the queue's affair. */
const RETRIES = 3;

/** Objects in a bucket of any S3-compatible service, addressed by path, requests signed with SigV4. */
export class S3ObjectStore implements ObjectStore {
  readonly #client: AwsClient;

  constructor(private readonly settings: S3Settings) {
    const { accessKeyId, secretAccessKey, region } = settings;
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES });
  }

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Of(bytes);
    if (await this.has(sha256)) return sha256;
    // Node's fetch takes the bytes as they are; the copy settles their type, which may be a view of a shared buffer.
    const answer = await this.#send('PUT', this.#urlOf(sha256), { sha256, bytes: new Uint8Array(bytes) });
    if (!answer.ok) throw refused('keep', sha256, answer.status);
    return sha256;
  }

  async get(sha256: string): Promise<Uint8Array> {
    const answer = await this.#send('GET', this.#urlOf(sha256));
    if (answer.status === 404) throw new AppError('NOT_FOUND', `No object ${sha256} is stored.`);
    if (!answer.ok) throw refused('give', sha256, answer.status);
    return verified(sha256, new Uint8Array(await this.#bodyOf(answer)));
  }

  async has(sha256: string): Promise<boolean> {
    const answer = await this.#send('HEAD', this.#urlOf(sha256));
    if (answer.ok) return true;
    if (answer.status === 404) return false;
    throw refused('look up', sha256, answer.status);
  }

  async ping(): Promise<void> {
    const answer = await this.#send('HEAD', this.#bucketUrl());
    if (!answer.ok) throw refused('open', `bucket ${this.settings.bucket}`, answer.status);
  }

  async close(): Promise<void> {
    // Connections belong to Node's fetch, which closes idle ones by itself.
  }

  #bucketUrl(): string {
    return `${this.settings.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(this.settings.bucket)}`;
  }

  #urlOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256))
      throw new AppError('NOT_FOUND', `${sha256} is not the name of an object.`);
    return `${this.#bucketUrl()}/objects/${sha256.slice(0, 2)}/${sha256}`;
  }

  /** The signature covers the hash of what is sent, so that the service refuses bytes that changed on their way. */
  async #send(
    method: string,
    url: string,
    content?: { readonly sha256: string; readonly bytes: Uint8Array<ArrayBuffer> },
  ): Promise<Response> {
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const signed = content
      ? { body: content.bytes, headers: { 'x-amz-content-sha256': content.sha256 } }
      : {};
    try {
      return await this.#client.fetch(url, { method, signal, ...signed });
    } catch (error) {
      throw new AppError('STORE_UNAVAILABLE', `The object store does not answer: ${String(error)}`, {
        cause: error,
      });
    }
  }

  async #bodyOf(answer: Response): Promise<ArrayBuffer> {
    return answer.arrayBuffer().catch((error: unknown) => {
      throw new AppError('STORE_UNAVAILABLE', 'The object store broke off in the middle of an object.', {
        cause: error,
      });
    });
  }
}

function refused(verb: string, what: string, status: number): AppError {
  return new AppError('STORE_UNAVAILABLE', `The object store did not ${verb} ${what}: HTTP ${status}.`);
}
