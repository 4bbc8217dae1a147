import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './errors.ts';
import { Refusal } from './refusal.ts';
import { appPolicy } from './safety-headers.ts';

/** The built web app, each time with a nonce of its own for its styles. Null: not built, only the API is served. */
export async function registerWebPage(app: FastifyInstance, webRoot: string | null): Promise<void> {
  const index = webRoot === null ? null : readIndex(webRoot);
  if (webRoot === null || index === null) {
    app.get('/', { schema: { hide: true } }, (_request, reply) =>
      sendProblem(reply, new Refusal('not_found', 'The web page is not built: run npm start.')),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: webRoot,
    index: false,
    wildcard: false,
    // The build puts `.br` and `.gz` beside each text file.
    preCompressed: true,
    // The page itself is served below, with its nonce.
    allowedPath: (path) => !path.startsWith('/.vite') && path !== '/index.html',
    // Vite's file names carry a hash of their content.
    setHeaders: (reply, path) =>
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  // Every other address is a page of the app, which routes by itself.
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (path.startsWith('/api/') || /\.\w+$/.test(path)) return reply.callNotFound();
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', appPolicy(nonce))
      .send(index.replace(NONCE_PLACE, nonce));
  });
}

/** What packages/web/index.html has where the nonce belongs. */
const NONCE_PLACE = '__STYLE_NONCE__';
const NONCE_BYTES = 16;

function readIndex(webRoot: string): string | null {
  const path = join(webRoot, 'index.html');
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
