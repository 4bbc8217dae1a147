import { readEnv } from './env.ts';
import { createSandbox } from './server.ts';

/** Run the sandbox until it is told to end. Answers the exit code when it could not start. */
export async function main(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const settings = readEnv(env);
  if (typeof settings === 'string') {
    console.error(settings);
    return 1;
  }
  const { port, dataDir } = settings;
  if (port === null) {
    console.log('The sandbox is off (TANDEM_SANDBOX_PORT=off).');
    return 0;
  }
  // Asked for before the address is printed: whoever reads it may already want us gone.
  const ended = signalled();
  try {
    const sandbox = await createSandbox({ port, dataDir, seed: 'demo' });
    console.log(`Sandbox Salesforce org: ${sandbox.url}`);
    await ended;
    await sandbox.close();
    return 0;
  } catch (error) {
    console.error(explain(error, port, dataDir));
    return 1;
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function explain(error: unknown, port: number, dataDir: string): string {
  const code = (error as { readonly code?: unknown }).code;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Set TANDEM_SANDBOX_PORT to a free port.`;
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return `The sandbox cannot write to "${dataDir}". Set TANDEM_DATA_DIR to a folder it may write to.`;
  }
  return `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`;
}
