import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress, isPrivateHost } from './private-networks.ts';

export type PostResult =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly fault: 'timeout' | 'unreachable' | 'address_refused' };

/** A receiver that needs longer takes the message first and works on it afterwards. */
export const POST_MS_MAX = 10_000;

class AddressRefused extends Error {}

/**
 * One POST; redirects are not followed, and of the answer only the status is read. The address that is
 * checked is the one that is connected to, so a name cannot change its mind in between.
 */
export function postWebhook(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  allowPrivate: boolean,
  resolve: Resolve = lookup,
): Promise<PostResult> {
  const url = new URL(address);
  if (!allowPrivate && isPrivateHost(url.hostname)) {
    return Promise.resolve({ kind: 'failed', fault: 'address_refused' });
  }
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    // A connection of its own: an old one could lead to an address that was looked up before.
    agent: false,
    signal: AbortSignal.timeout(POST_MS_MAX),
    ...(allowPrivate ? {} : { lookup: publicOnly(resolve) }),
  };
  return new Promise((done) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, options, (response) => {
      done({ kind: 'answered', status: response.statusCode ?? 0 });
      response.destroy();
    });
    request.on('error', (error) => done({ kind: 'failed', fault: faultOf(error) }));
    request.end(body);
  });
}

function faultOf(error: Error): 'timeout' | 'unreachable' | 'address_refused' {
  if (error instanceof AddressRefused) return 'address_refused';
  return error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
}

/** As node:dns looks names up; tests bring their own. */
type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** One private address among several is reason enough: which one is taken is not ours to choose. */
const publicOnly =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (addresses.some(({ address }) => isPrivateAddress(address))) {
        return callback(new AddressRefused('private network'), []);
      }
      const [first] = addresses;
      if (options.all === true || first === undefined) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
