import { type ServiceError, status } from '@grpc/grpc-js';
import type { SalesforceFault } from '@tandem/engine';

/** What a refusal of the Pub/Sub API means, in the words of the catalogue. */
export function eventFault(error: unknown): SalesforceFault {
  const { code, details } = asService(error);
  const trailer = errorCodeOf(error);
  return { code: codeOf(code, trailer), message: details, fields: [], httpStatus: null };
}

function codeOf(code: number, trailer: string): string {
  if (/replayid/.test(trailer)) return 'EVENTS_PLACE_LOST';
  if (/limit\.exceeded/.test(trailer) || code === status.RESOURCE_EXHAUSTED) return 'EVENTS_LIMIT';
  if (code === status.UNAUTHENTICATED) return 'INVALID_SESSION_ID';
  if (code === status.NOT_FOUND) return 'EVENTS_NOT_SELECTED';
  if (code === status.PERMISSION_DENIED) return 'EVENTS_NOT_PERMITTED';
  if (code === status.DEADLINE_EXCEEDED) return 'TIMEOUT';
  return 'NETWORK';
}

export function isUnauthenticated(error: unknown): boolean {
  return asService(error).code === status.UNAUTHENTICATED;
}

function asService(error: unknown): Pick<ServiceError, 'code' | 'details'> {
  const { code, details, message } = (error ?? {}) as Partial<ServiceError>;
  return {
    code: typeof code === 'number' ? code : status.UNKNOWN,
    details: details ?? message ?? String(error),
  };
}

/** Salesforce's own code, in the trailers. */
function errorCodeOf(error: unknown): string {
  const { metadata } = (error ?? {}) as Partial<ServiceError>;
  return String(metadata?.get('error-code')[0] ?? '');
}
