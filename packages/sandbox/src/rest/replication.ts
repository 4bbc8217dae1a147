import { OrgFault } from '../org/org.ts';
import { type Call, param, type RestReply } from './types.ts';

export function updated(call: Call): RestReply {
  return { status: 200, body: call.org.updated(param(call, 'object'), window(call), call.ctx) };
}

export function deleted(call: Call): RestReply {
  return { status: 200, body: call.org.deleted(param(call, 'object'), window(call), call.ctx) };
}

function window(call: Call): { start: string; end: string } {
  const read = (name: string) => {
    const value = call.request.query.get(name);
    if (value !== null && value !== '') return value;
    const message = `The required parameter '${name}' is missing.`;
    throw new OrgFault(400, 'MISSING_ARGUMENT', message, [name]);
  };
  return { start: read('start'), end: read('end') };
}
