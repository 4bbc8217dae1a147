import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Names end in their unit; labels are few and bounded (routes and codes, never ids). */
export interface Metrics {
  readonly registry: Registry;
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;
  readonly problems: Counter<'code'>;
  readonly syncRuns: Counter<'outcome'>;
  readonly syncSeconds: Histogram;
  readonly liveStreams: Gauge;
  readonly accounts: Gauge<'state'>;
  readonly oldestUnsentSeconds: Gauge;
  readonly oldestPollSeconds: Gauge;
  readonly eventFeeds: Gauge<'state'>;
  readonly oldestEventSeconds: Gauge;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'tandem_http_request_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    problems: new Counter({
      name: 'tandem_http_problems_total',
      help: 'Problem documents answered, by code',
      labelNames: ['code'],
      registers,
    }),
    syncRuns: new Counter({
      name: 'tandem_sync_runs_total',
      help: 'Turns on a connection, by how they ended',
      labelNames: ['outcome'],
      registers,
    }),
    syncSeconds: new Histogram({
      name: 'tandem_sync_run_seconds',
      help: 'Time of one turn on a connection',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
      registers,
    }),
    liveStreams: new Gauge({
      name: 'tandem_live_streams',
      help: 'Open pages that receive changes',
      registers,
    }),
    accounts: new Gauge({
      name: 'tandem_sync_accounts',
      help: 'Salesforce accounts: on, needs_sign_in, unattended (a turn is due and nobody takes it)',
      labelNames: ['state'],
      registers,
    }),
    oldestUnsentSeconds: new Gauge({
      name: 'tandem_sync_oldest_unsent_seconds',
      help: 'Age of the oldest change that has not reached Salesforce',
      registers,
    }),
    oldestPollSeconds: new Gauge({
      name: 'tandem_sync_oldest_poll_seconds',
      help: 'Since when the account that was read longest ago was read',
      registers,
    }),
    eventFeeds: new Gauge({
      name: 'tandem_event_feeds',
      help: 'Salesforce orgs by whether their change events are followed: listening, deaf (refused, or the line is down)',
      labelNames: ['state'],
      registers,
    }),
    oldestEventSeconds: new Gauge({
      name: 'tandem_event_feed_oldest_event_seconds',
      help: 'Since when the followed org that was silent longest has told nothing',
      registers,
    }),
  };
}
