/** What the sandbox reads from the environment; only its bin hands the environment in. */
export interface SandboxEnv {
  /** Null: start none. */
  readonly port: number | null;
  readonly dataDir: string;
}

const DEFAULT_PORT = 3001;
const DEFAULT_DATA_DIR = './data';

/** The settings, or a sentence that names the variable and says what is wrong with it. */
export function readEnv(env: Readonly<Record<string, string | undefined>>): SandboxEnv | string {
  const port = env.TANDEM_SANDBOX_PORT?.trim() ?? '';
  const dataDir = env.TANDEM_DATA_DIR ?? DEFAULT_DATA_DIR;
  if (dataDir.trim() === '') return 'TANDEM_DATA_DIR is empty. Name a folder, or unset it.';
  if (port.toLowerCase() === 'off') return { port: null, dataDir };
  if (port === '') return { port: DEFAULT_PORT, dataDir };
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return { port: Number(port), dataDir };
  return `TANDEM_SANDBOX_PORT is "${port}". It must be a port from 0 to 65535, or "off".`;
}
