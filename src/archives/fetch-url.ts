import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '../errors/app-error.js';
import type { ArchiveLimits } from './archive-item.js';
import { decodeBody } from './http-body.js';
import { isPublicAddress } from './public-address.js';

export interface FetchSettings {
  readonly limits: ArchiveLimits;
  /** From the first connection to the last byte, redirects included. */
  readonly timeoutMs: number;
  readonly maxRedirects: number;
  /** Which addresses may be connected to; public ones by default. */
  readonly mayConnect: (address: string) => boolean;
  readonly lookup: typeof systemLookup;
}

export const DEFAULT_FETCH_SETTINGS: Omit<FetchSettings, 'limits'> = {
  timeoutMs: 60_000,
  maxRedirects: 5,
  mayConnect: isPublicAddress,
  lookup: systemLookup,
};

export interface FetchedPage {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  /** Where the redirects ended. */
  readonly finalUrl: string;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const USER_AGENT = 'gongkai (+https://www.npmjs.com/package/gongkai)';

/**
 * Fetches one page over http or https. The address is resolved once and the connection made to what was checked, so
 * that a name cannot point elsewhere between check and connection; every redirect is checked again.
 * Errors: URL_REFUSED, FETCH_FAILED, SOURCE_TOO_LARGE, SOURCE_CORRUPT.
 */
export async function fetchUrl(address: string, settings: FetchSettings): Promise<FetchedPage> {
  const signal = AbortSignal.timeout(settings.timeoutMs);
  let url = checkedUrl(address, settings);
  for (let redirects = 0; redirects <= settings.maxRedirects; redirects++) {
    const response = await open(url, settings, signal);
    const location = response.headers.location;
    if (REDIRECTS.has(response.statusCode ?? 0) && location !== undefined) {
      response.destroy();
      url = checkedUrl(location, settings, url);
      continue;
    }
    return await readPage(response, url, settings.limits);
  }
  throw new AppError('FETCH_FAILED', `${address} redirects more than ${settings.maxRedirects} times.`);
}

function checkedUrl(address: string, settings: FetchSettings, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new AppError('URL_REFUSED', `${address} is no address.`);
  const url = new URL(address, base?.href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new AppError('URL_REFUSED', `${url.protocol} addresses are not fetched.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('URL_REFUSED', 'Addresses with a user name or password are not fetched.');
  }
  // Addresses as numbers are never looked up, so they are checked here; new URL() has put them in their plain form.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0 && !settings.mayConnect(host)) throw refused(url.hostname);
  return url;
}

function open(url: URL, settings: FetchSettings, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { 'user-agent': USER_AGENT, 'accept-encoding': 'gzip, br, identity' };
  return new Promise((resolve, reject) => {
    request(url, { signal, headers, agent: false, lookup: checkingLookup(settings) })
      .on('response', resolve)
      .on('error', (error: unknown) => reject(fetchError(url, error)))
      .end();
  });
}

/** Looks a name up and passes on only what may be connected to; one private address among others refuses them all. */
function checkingLookup(settings: FetchSettings): LookupFunction {
  return (hostname, options, callback) => {
    settings.lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const [first] = found ?? [];
      if (error) return callback(error, []);
      if (!first || found.some(({ address }) => !settings.mayConnect(address)))
        return callback(refused(hostname), []);
      if (options.all) return callback(null, found);
      return callback(null, first.address, first.family);
    });
  };
}

async function readPage(response: IncomingMessage, url: URL, limits: ArchiveLimits): Promise<FetchedPage> {
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    response.destroy();
    throw new AppError('FETCH_FAILED', `${url.href} answers with status ${status}.`);
  }
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > limits.maxBytes)
        throw new AppError('SOURCE_TOO_LARGE', `${url.href} is larger than the limit.`);
      parts.push(part);
    }
  } catch (error) {
    throw fetchError(url, error);
  }
  const coding = response.headers['content-encoding'];
  const headers = new Map(coding === undefined ? [] : [['content-encoding', coding]]);
  const bytes = await decodeBody(Buffer.concat(parts), headers, limits);
  return { bytes, contentType: response.headers['content-type'] ?? null, finalUrl: url.href };
}

function refused(host: string): AppError {
  return new AppError('URL_REFUSED', `${host} is not a public address.`);
}

function fetchError(url: URL, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('FETCH_FAILED', `${url.href} cannot be fetched: ${String(error)}`, { cause: error });
}
