import { ENDPOINTS, type EndpointContract } from '@tandem/api';

/** A request that no contract allows, and how it came to be one. */
export interface BadRequest {
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent without the admin's token: what its headers say is all there is. */
  readonly withoutToken?: true;
  /** Where the one right answer is known, such as `405 method_not_allowed`. */
  readonly answer?: string;
}

/** What is needed of GET /api/openapi.json. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly parameters?: readonly { name: string; in: string; example?: unknown }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { example?: unknown }>> };
}

/** One operation of the document, with its contract. */
export interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly contract: EndpointContract;
}

export function placesOf({ paths }: ApiDocument): readonly Place[] {
  const contracts = new Map(
    Object.values<EndpointContract>(ENDPOINTS).map((one) => [`${one.method} ${one.path}`, one]),
  );
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([name, operation]) => {
      const method = name.toUpperCase();
      const contract = contracts.get(`${method} ${path}`);
      return contract === undefined ? [] : [{ method, path, operation, contract }];
    }),
  );
}

/** With this id in place of every name in braces. */
export function addressOf({ path }: Place, id: string): string {
  return path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
}
