import { OrgFault, type QueryOptions, type QueryResult } from '../org/org.ts';
import { basePath, type Call, param, type RestReply, type RestRequest } from './types.ts';

export function query(call: Call): RestReply {
  return run(call, false);
}

export function queryAll(call: Call): RestReply {
  return run(call, true);
}

export function queryMore(call: Call): RestReply {
  const locator = param(call, 'locator');
  return page(call, call.org.queryMore(locator, call.ctx, options(call.request, false)));
}

function run(call: Call, all: boolean): RestReply {
  const parameters = call.request.query;
  const soql = parameters.get('q');
  const explain = parameters.get('explain');
  if (explain !== null) return { status: 200, body: { plans: [], sourceQuery: explain } };
  if (soql === null || soql.trim() === '') {
    throw new OrgFault(400, 'MALFORMED_QUERY', 'SOQL statement cannot be empty or null');
  }
  if (parameters.get('columns') === 'true') {
    return { status: 200, body: call.org.queryColumns(soql) };
  }
  return page(call, call.org.query(soql, call.ctx, options(call.request, all)));
}

function page(call: Call, result: QueryResult): RestReply {
  const { totalSize, done, nextLocator, records } = result;
  const next =
    nextLocator === null
      ? {}
      : { nextRecordsUrl: `${basePath(call.request)}/query/${nextLocator}` };
  return { status: 200, body: { totalSize, done, ...next, records } };
}

function options(request: RestRequest, all: boolean): QueryOptions {
  const size = /batchSize=(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1];
  return {
    all,
    version: request.version,
    ...(size === undefined ? {} : { batchSize: Number(size) }),
  };
}
