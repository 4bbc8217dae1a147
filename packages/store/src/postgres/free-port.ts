import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on: the wanted one if it is free, else one the system picks. */
export async function freePort(wanted: number | null): Promise<number> {
  const first = wanted === null ? null : await tryPort(wanted);
  const port = first ?? (await tryPort(0));
  if (port === null) throw new Error('This machine has no free port on 127.0.0.1.');
  return port;
}

/** The port if it can be listened on, else null. */
export function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(got));
    });
  });
}
