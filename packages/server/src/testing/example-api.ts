import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENDPOINTS, type EndpointContract, type EndpointName } from '@tandem/api';
import { EXAMPLES } from '@tandem/api/examples';

/**
 * The API as its contract has it, without anything behind it: every request is held to the schemas, and answered with
 * the example of that operation. What was asked is remembered.
 */
export async function startExampleApi() {
  let asked: EndpointName[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const body = await bodyOf(request);
    const name = endpointAt(request.method ?? '', pathname);
    const wrong = name === null ? 'no such operation' : wrongWith(name, searchParams, body);
    if (name === null || wrong !== null) {
      const detail = `${request.method} ${pathname}: ${wrong}`;
      response.writeHead(400, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'invalid_input', status: 400, detail }));
      return;
    }
    asked.push(name);
    answer(name, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** Since the last time this was read. */
    takeAsked(): EndpointName[] {
      const taken = asked;
      asked = [];
      return taken;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: AsyncIterable<unknown>): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

/** A fixed part wins over a parameter at the same place: tasks/counts is not the task `counts`. */
function endpointAt(method: string, pathname: string): EndpointName | null {
  const names = Object.keys(ENDPOINTS) as EndpointName[];
  const fitting = names.filter((name) => {
    const { method: own, path }: EndpointContract = ENDPOINTS[name];
    const pattern = path.replaceAll(/\{\w+\}/g, '[^/]+');
    return own === method && new RegExp(`^${pattern}$`).test(pathname);
  });
  return fitting.sort((a, b) => parameters(a) - parameters(b))[0] ?? null;
}

function parameters(name: EndpointName): number {
  return ENDPOINTS[name].path.split('{').length;
}

function wrongWith(name: EndpointName, search: URLSearchParams, body: unknown): string | null {
  const { query, body: schema }: EndpointContract = ENDPOINTS[name];
  const given = Object.fromEntries(search);
  const checks = [query?.safeParse(given), schema?.safeParse(body)];
  const failed = checks.find((check) => check?.success === false);
  return failed === undefined ? null : String(failed.error?.message);
}

function answer(
  name: EndpointName,
  response: { writeHead(status: number, headers?: object): unknown; end(text?: string): unknown },
): void {
  const { reply, media }: EndpointContract = ENDPOINTS[name];
  const example = EXAMPLES[name].reply;
  if (reply === null) {
    response.writeHead(204);
    response.end();
    return;
  }
  response.writeHead(200, { 'content-type': media ?? 'application/json' });
  response.end(media === undefined ? JSON.stringify(example) : String(example));
}
