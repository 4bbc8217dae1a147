import type { SalesforceFault } from '@tandem/engine';
import { isObject, textOr, texts } from './json.ts';

/**
 * The first error of a reply. REST says `errorCode`, collections say `statusCode`; both come as an
 * array. Null when the body is not Salesforce's, a proxy's error page for instance.
 */
export function faultIn(body: unknown, httpStatus: number | null): SalesforceFault | null {
  const first: unknown = Array.isArray(body) ? body[0] : undefined;
  if (!isObject(first)) return null;
  const code = textOr(first.errorCode, null) ?? textOr(first.statusCode, null);
  if (code === null) return null;
  return {
    code,
    message: textOr(first.message, ''),
    fields: texts(first.fields),
    httpStatus,
  };
}

/** Codes of our own, for what Salesforce did not say. */
export type OwnFaultCode =
  /** Never reached Salesforce, or only a gateway answered, or the reply to a read was lost. */
  | 'NETWORK'
  /** A read took longer than we wait. */
  | 'TIMEOUT'
  /** A reply that cannot be Salesforce's: no `Date`, not the documented JSON. */
  | 'BAD_REPLY'
  | 'REPLY_TOO_LARGE'
  /** A look-up by creation key in an org without the field. */
  | 'NO_CREATION_KEY'
  /** An HTTP status below 500 without Salesforce's error body. */
  | `HTTP_${number}`;

export function ownFault(
  code: OwnFaultCode,
  message: string,
  httpStatus: number | null = null,
): SalesforceFault {
  return { code, message, fields: [], httpStatus };
}
