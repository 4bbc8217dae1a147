import { describeBriefly, describeObject } from '../org/describe.ts';
import type { OrgRecord } from '../org/org.ts';
import { OrgFault } from '../org/org.ts';
import { msOfStamp } from '../org/stamps.ts';
import { notModifiedSince } from './conditions.ts';
import { basePath, type Call, type Json, param, type RestReply } from './types.ts';

export const FIRST_VERSION = 20;
export const LAST_VERSION = 67;

/** `/services/data`: open to everybody. Three releases a year since Winter '11, which was 20.0. */
export function versions(): readonly Json[] {
  const seasons = ['Winter', 'Spring', 'Summer'];
  return Array.from({ length: LAST_VERSION - FIRST_VERSION + 1 }, (_, i) => {
    const version = `${FIRST_VERSION + i}.0`;
    const label = `${seasons[i % 3]} '${11 + Math.floor(i / 3)}`;
    return { label, url: `/services/data/v${version}`, version };
  });
}

export function resources(call: Call): RestReply {
  const base = basePath(call.request);
  const names = ['sobjects', 'query', 'queryAll', 'search', 'limits', 'recent', 'tabs', 'theme'];
  const more = ['composite', 'tooling'];
  const paths = [...names, ...more].map((name) => [name, `${base}/${name}`]);
  const identity = `${call.origin}/id/${call.org.id}/${call.ctx.userId}`;
  return { status: 200, body: { ...Object.fromEntries(paths), identity } };
}

export function describeGlobal(call: Call): RestReply {
  if (notModifiedSince(call.request, definitionsChangedAt(call))) return { status: 304 };
  const sobjects = call.org.core.catalogue
    .all()
    .map((object) => withBase(call, describeBriefly(object)));
  return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
}

export function describe(call: Call): RestReply {
  const object = call.org.core.catalogue.object(param(call, 'object'));
  const changedAt = definitionsChangedAt(call);
  const headers = { 'last-modified': new Date(changedAt).toUTCString() };
  if (notModifiedSince(call.request, changedAt)) return { status: 304, headers };
  return { status: 200, headers, body: withBase(call, describeObject(call.org.core, object)) };
}

export function objectSummary(call: Call): RestReply {
  const object = call.org.core.catalogue.object(param(call, 'object'));
  const objectDescribe = withBase(call, describeBriefly(object));
  return { status: 200, body: { objectDescribe, recentItems: [] } };
}

export function limits(call: Call): RestReply {
  return { status: 200, body: call.org.limits() };
}

export function emptyList(): RestReply {
  return { status: 200, body: [] };
}

export function theme(): RestReply {
  return { status: 200, body: { themeItems: [] } };
}

/** There is no tooling data here; clients expect the refusal and go on. */
export function toolingQuery(call: Call): RestReply {
  const name = /\bfrom\s+(\w+)/i.exec(call.request.query.get('q') ?? '')?.[1] ?? '';
  throw new OrgFault(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
}

/** Describe changes with the picklists and the org's settings. */
function definitionsChangedAt(call: Call): number {
  const { state } = call.org.core;
  const rows: OrgRecord[] = [...state.rows('TaskStatus'), ...state.rows('TaskPriority')];
  const latest = Math.max(0, ...rows.map((row) => msOfStamp(row.SystemModstamp)));
  return Math.max(latest, call.org.settingsChangedAt());
}

function withBase(call: Call, json: Json): Json {
  const urls = json.urls as Readonly<Record<string, string>>;
  const base = basePath(call.request);
  const full = Object.entries(urls).map(([name, path]) => [name, `${base}${path}`]);
  return { ...json, urls: Object.fromEntries(full) };
}
