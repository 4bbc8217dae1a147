import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** Smaller answers fit into one packet anyway. */
const BYTES_MIN = 1_400;
/** Two hundred tasks shrink to a tenth within a few milliseconds; higher levels take longer for little. */
const LEVEL = 4;
const compress = promisify(gzip);

/**
 * Lists travel compressed to whoever takes it: on a phone's line that is most of the wait. Only what is read;
 * answers to writes are small, and are kept as they are for requests that come twice.
 */
export function registerCompression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || typeof payload !== 'string') return payload;
    reply.header('vary', 'accept-encoding');
    if (payload.length < BYTES_MIN || reply.hasHeader('content-encoding')) return payload;
    if (!takesGzip(request.headers['accept-encoding'])) return payload;
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return compress(payload, { level: LEVEL });
  });
}

/** `gzip;q=0` says that it is not taken. */
function takesGzip(accepted: string | undefined): boolean {
  const gzipped = (accepted ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .find((one) => one === 'gzip' || one.startsWith('gzip;'));
  return gzipped !== undefined && !/;\s*q=0(\.0*)?$/.test(gzipped);
}
