export { type Config, readConfig } from './config/config.ts';
export { ConfigError, type Environment } from './config/config-error.ts';
export { type Started, type StartOptions, startAll } from './start.ts';
export { createLog, type Server, type ServerOptions, startServer } from './wiring.ts';
