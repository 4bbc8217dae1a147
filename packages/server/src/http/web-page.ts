import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './errors.ts';
import { Refusal } from './refusal.ts';

/** The built web app with its content security policy. Null: not built, only the API is served. */
export async function registerWebPage(app: FastifyInstance, webRoot: string | null): Promise<void> {
  const index = webRoot === null ? null : readIndex(webRoot);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        // No inline script but those of our own index page, by their hash.
        'script-src': ["'self'", ...scriptHashes(index ?? '')],
        // Mantine puts sizes and colours into style attributes.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Whether all of a domain is https is for whoever puts Tandem on one to say.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
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
    allowedPath: (path) => !path.startsWith('/.vite'),
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
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(index);
  });
}

function readIndex(webRoot: string): string | null {
  const path = join(webRoot, 'index.html');
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function scriptHashes(html: string): string[] {
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
}
