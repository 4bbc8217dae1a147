/** What the sandbox reads from the environment; only its bin hands the environment in. */
export interface SandboxEnv {
  /** Null: start none. */
  readonly port: number | null;
  /** Where the Pub/Sub API listens; null: nowhere. */
  readonly eventsPort: number | null;
  /** Nobody asked for this port by its number, so that another one will do. */
  readonly eventsPortIsWish: boolean;
  readonly dataDir: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORT = 3001;
const DEFAULT_DATA_DIR = './data';
const PORT_MAX = 65_535;

/** The settings, or a sentence that names the variable and says what is wrong with it. */
export function readEnv(env: Env): SandboxEnv | string {
  const dataDir = env.TANDEM_DATA_DIR ?? DEFAULT_DATA_DIR;
  if (dataDir.trim() === '') return 'TANDEM_DATA_DIR is empty. Name a folder, or unset it.';
  const port = readPort(env, 'TANDEM_SANDBOX_PORT', DEFAULT_PORT);
  if (typeof port === 'string') return port;
  const events = readPort(env, 'TANDEM_SANDBOX_EVENTS_PORT', nextTo(port));
  if (typeof events === 'string') return events;
  const isWish = (env.TANDEM_SANDBOX_EVENTS_PORT?.trim() ?? '') === '';
  return { port, eventsPort: events, eventsPortIsWish: isWish, dataDir };
}

/** Two further, for the next one is the mailbox's. Any free port has any free port for its neighbour. */
function nextTo(port: number | null): number | null {
  return port === null || port === 0 ? port : Math.min(port + 2, PORT_MAX);
}

function readPort(env: Env, name: string, otherwise: number | null): number | null | string {
  const text = env[name]?.trim() ?? '';
  if (text === '') return otherwise;
  if (text.toLowerCase() === 'off') return null;
  if (/^\d{1,5}$/.test(text) && Number(text) <= PORT_MAX) return Number(text);
  return `${name} is "${text}". It must be a port from 0 to ${PORT_MAX}, or "off".`;
}
