import { join } from 'node:path';
import { readEnv, type SandboxEnv } from './env.ts';
import { CERTIFICATE_FILE } from './events/certificate.ts';
import { createSandbox } from './server.ts';

/** Run the sandbox until it is told to end. Answers the exit code when it could not start. */
export async function main(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const settings = readEnv(env);
  if (typeof settings === 'string') {
    console.error(settings);
    return 1;
  }
  const { port, eventsPort, eventsPortIsWish, dataDir } = settings;
  if (port === null) {
    console.log('The sandbox is off (TANDEM_SANDBOX_PORT=off).');
    return 0;
  }
  // Asked for before the address is printed: whoever reads it may already want us gone.
  const ended = signalled();
  try {
    const sandbox = await createSandbox({
      port,
      dataDir,
      seed: 'demo',
      eventsPort,
      eventsPortIsWish,
    });
    console.log(`Sandbox Salesforce org: ${sandbox.url}`);
    if (sandbox.events !== null) {
      const trust = join(dataDir, 'sandbox', CERTIFICATE_FILE);
      console.log(`Its change events (Pub/Sub API): ${sandbox.events.endpoint}, trust ${trust}`);
    }
    await ended;
    await sandbox.close();
    return 0;
  } catch (error) {
    console.error(explain(error, settings));
    return 1;
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function explain(error: unknown, { port, eventsPort, dataDir }: SandboxEnv): string {
  const code = (error as { readonly code?: unknown }).code;
  if (code === 'EADDRINUSE') {
    const taken = (error as { readonly port?: unknown }).port;
    const isEvents = taken === eventsPort && taken !== port;
    const name = isEvents ? 'TANDEM_SANDBOX_EVENTS_PORT' : 'TANDEM_SANDBOX_PORT';
    return `Port ${isEvents ? eventsPort : port} is taken. Set ${name} to a free port.`;
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return `The sandbox cannot write to "${dataDir}". Set TANDEM_DATA_DIR to a folder it may write to.`;
  }
  return `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`;
}
