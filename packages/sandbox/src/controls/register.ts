import type { FastifyInstance } from 'fastify';
import { OrgFault } from '../org/org.ts';
import { registerAccessControls } from './access-controls.ts';
import { registerBinControls } from './bin-controls.ts';
import { registerClockControls } from './clock-controls.ts';
import { BadInput, isLoopbackCaller } from './control-input.ts';
import { registerEventControls } from './event-controls.ts';
import { registerFaultControls } from './fault-controls.ts';
import type { ControlParts } from './parts.ts';
import { registerSeedControls } from './seed-controls.ts';
import { registerSettingsControls } from './settings-controls.ts';
import { registerStateControls } from './state-controls.ts';
import { registerTokenControls } from './token-controls.ts';
import { registerTransactionControls } from './transaction-controls.ts';

/**
 * The sandbox's own switches: JSON in, JSON out, no sign-in. They answer callers on this computer
 * only; a web page of somewhere else that reaches the port is refused by its Host or Origin.
 */
export function registerControls(app: FastifyInstance, parts: ControlParts): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isLoopbackCaller(request.headers.host, request.headers.origin)) return;
    const message = 'The sandbox controls answer only callers on this computer.';
    await reply.code(403).send({ error: 'foreign_caller', message });
  });

  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof BadInput) {
      return await reply
        .code(400)
        .send({ error: 'invalid_input', field: error.field, message: error.message });
    }
    if (error instanceof OrgFault) {
      return await reply
        .code(400)
        .send({ error: error.code, field: error.fields[0] ?? null, message: error.message });
    }
    const { statusCode, message } = error as { statusCode?: number; message: string };
    const status = statusCode !== undefined && statusCode < 500 ? statusCode : 500;
    return await reply
      .code(status)
      .send({ error: status === 500 ? 'internal' : 'invalid_request', field: null, message });
  });

  registerStateControls(app, parts);
  registerSeedControls(app, parts);
  registerClockControls(app, parts);
  registerFaultControls(app, parts);
  registerTokenControls(app, parts);
  registerBinControls(app, parts);
  registerAccessControls(app, parts);
  registerSettingsControls(app, parts);
  registerTransactionControls(app, parts);
  registerEventControls(app, parts);
}
