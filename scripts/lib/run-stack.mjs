/**
 * Database, sandbox org, server and jobs in this process, until Ctrl-C. The packages run from source: tsx teaches Node
 * to read TypeScript (docs/decisions/0001-run-from-source.md).
 */
import { register } from 'tsx/esm/api';
import { closingText } from './closing-text.mjs';
import { explain } from './explain.mjs';
import { createProgress } from './progress.mjs';

const NAMES = {
  database: 'PostgreSQL',
  schema: 'Tables',
  sandbox: 'Sandbox Salesforce org',
  mailbox: 'Mailbox for this machine',
  server: 'Server and web page',
  demo: 'Demo people',
};

/** @returns when everything has stopped */
export async function runStack({ webUrl = null } = {}) {
  register();
  const stopAsked = signals();
  const { createLog, readConfig, startAll } = await import('@tandem/server');
  const config = readConfig(process.env);
  const { begin } = createProgress();
  let end = () => {};
  const progress = ({ name, state, note }) => {
    if (state === 'running') end = begin(NAMES[name] ?? name);
    else end('✓', note);
  };
  let started;
  try {
    started = await startAll(config, { progress, log: createLog('warn') });
  } catch (error) {
    end('✗');
    throw new Error(explain(error, config));
  }
  console.log(closingText({ ...started, url: webUrl ?? started.url }));
  await stopAsked;
  const ended = begin('Stopping');
  await started.stop();
  ended('✓', 'everything is stopped, nothing is lost');
}

/** A second Ctrl-C does not wait: the next start takes care of what is left. */
function signals() {
  return new Promise((resolve) => {
    let asked = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => {
        asked += 1;
        if (asked === 1) resolve(signal);
        else process.exit(1);
      });
  });
}
