import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../wiring.ts';
import { registerErrors } from './errors.ts';
import { createMetrics } from './metrics.ts';
import { registerWebPage } from './web-page.ts';

const page = (nonce: string) =>
  `<!doctype html><meta property="csp-nonce" nonce="${nonce}"><script type="module" src="/assets/main-1.js"></script>`;
const INDEX = page('__STYLE_NONCE__');

let root: string;
let app: FastifyInstance;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tandem-web-'));
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), INDEX);
  writeFileSync(join(root, 'assets', 'main-1.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'main-1.js.br'), brotliCompressSync('export {};'));
  mkdirSync(join(root, '.vite'));
  writeFileSync(join(root, '.vite', 'manifest.json'), '{}');
  app = Fastify();
  // Nobody signs in here, so nobody's language is looked up.
  registerErrors(app, { metrics: createMetrics(), log: createLog('silent'), db: {} as never });
  await registerWebPage(app, root);
});
afterAll(async () => {
  await app.close();
  rmSync(root, { recursive: true, force: true });
});

describe('the web page', () => {
  test('is served for every address of the app, never from a stale cache', async () => {
    for (const url of ['/', '/settings/salesforce?connected=1', '/tasks/1']) {
      const reply = await app.inject(url);
      expect([reply.statusCode, reply.body]).toEqual([200, page(nonceOf(reply))]);
      expect(reply.headers['cache-control']).toBe('no-cache');
    }
  });

  test('its assets are kept for ever, because their names change with them', async () => {
    const reply = await app.inject('/assets/main-1.js');
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['cache-control']).toContain('immutable');
  });

  test('its assets come in the compressed form that the build made, to who takes it', async () => {
    const url = '/assets/main-1.js';
    const packed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br' });
    expect(packed.headers['cache-control']).toContain('immutable');
    expect(packed.headers['content-type']).toMatch(/javascript/);
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe('export {};');
    const plain = await app.inject(url);
    expect([plain.body, plain.headers['content-encoding']]).toEqual(['export {};', undefined]);
  });

  test('what only the build needs is not served', async () => {
    for (const url of ['/.vite/manifest.json', '/index.html']) {
      expect((await app.inject(url)).statusCode).toBe(404);
    }
  });

  test('missing files and unknown API addresses are problems, not the page', async () => {
    for (const url of ['/assets/gone.js', '/api/v1/nothing']) {
      const reply = await app.inject(url);
      expect([reply.statusCode, reply.json().code]).toEqual([404, 'not_found']);
    }
  });

  test('a file that a newer build removed is not found, and may be asked for only to read', async () => {
    const path = join(root, 'assets', 'main-1.js');
    rmSync(path);
    const reply = await app.inject('/assets/main-1.js');
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'not_found']);
    const written = await app.inject({ method: 'POST', url: '/assets/main-1.js' });
    expect([written.statusCode, written.headers.allow]).toEqual([405, 'HEAD, GET']);
    writeFileSync(path, 'export {};');
  });

  test('B12.6 has a nonce for its styles that no other answer has, and runs files of its own only', async () => {
    const [one, two] = [await app.inject('/'), await app.inject('/')];
    expect(nonceOf(one)).toMatch(/^[\w+/]{22}==$/);
    expect(nonceOf(one)).not.toBe(nonceOf(two));
    expect(one.headers['content-security-policy']).toContain("script-src 'self';");
    expect(one.headers['content-security-policy']).not.toContain('unsafe');
  });

  test('B12.6 the page that is built has a place for the nonce, and nothing inline', () => {
    const source = readFileSync(new URL('../../../web/index.html', import.meta.url), 'utf8');
    expect(source.split('__STYLE_NONCE__')).toHaveLength(2);
    expect(source).not.toMatch(/<style|<script>|\sstyle=|\son\w+=/);
  });
});

function nonceOf(reply: { headers: Readonly<Record<string, unknown>> }): string {
  return /'nonce-([^']*)'/.exec(String(reply.headers['content-security-policy']))?.[1] ?? 'none';
}
