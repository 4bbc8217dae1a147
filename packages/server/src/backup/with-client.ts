import { Client, type ClientBase } from 'pg';

/** One plain connection for one command; values come as PostgreSQL's own text where it matters. */
export async function withClient<T>(
  databaseUrl: string,
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'tandem-command' });
  // The answer to a query in flight says what happened; this only keeps the process alive to say it.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
