import type { LocalOrg } from '../org/local-org.ts';
import type { Ctx, OrgError } from '../org/org.ts';
import { OrgFault } from '../org/org.ts';

/** A REST request with its wire unwrapped: composite makes the same thing for its subrequests. */
export interface RestRequest {
  readonly method: string;
  /** After `/services/data/vNN.N`, decoded, without empty parts. */
  readonly segments: readonly string[];
  /** `62.0`. */
  readonly version: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

export interface RestReply {
  readonly status: number;
  /** Undefined: no content. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly org: LocalOrg;
  readonly ctx: Ctx;
  readonly request: RestRequest;
  /** `http://127.0.0.1:3001`, as the caller addressed us. */
  readonly origin: string;
  /** The named parts of the path. */
  readonly params: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => RestReply;

export type Json = Readonly<Record<string, unknown>>;

/** The error body of a single resource: always an array, with `errorCode`. */
export function errorReply(errors: readonly OrgError[]): RestReply {
  return {
    status: errors[0]?.status ?? 400,
    body: errors.map(({ message, code, fields }) => ({ message, errorCode: code, fields })),
  };
}

export function faultReply(fault: OrgFault): RestReply {
  const { status, message, code, fields } = fault;
  const body =
    fields.length > 0 ? { message, errorCode: code, fields } : { message, errorCode: code };
  return { status, body: [body] };
}

/** The error list of one row of a collection: the same words under `statusCode`. */
export function rowErrors(errors: readonly OrgError[]): readonly Json[] {
  return errors.map(({ code, message, fields }) => ({ statusCode: code, message, fields }));
}

export function resourceMissing(): OrgFault {
  return new OrgFault(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** The body as an object, or Salesforce's refusal. */
export function objectBody(request: RestRequest): Json {
  const { body } = request;
  if (body === undefined || body === '') {
    throw new OrgFault(
      400,
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required, but this request has no entity body.',
    );
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new OrgFault(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is not a JSON object.');
  }
  return body as Json;
}

export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** `62.0` → 62. */
export function versionNumber(request: RestRequest): number {
  return Number(request.version);
}

export function basePath(request: RestRequest): string {
  return `/services/data/v${request.version}`;
}
