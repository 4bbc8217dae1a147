interface Limit {
  readonly Max: number;
  readonly Remaining: number;
}

/** The limits resource. Only API requests are really counted; the rest stand at their full allowance. */
export function limitsOf(usage: { used: number; max: number }): Readonly<Record<string, Limit>> {
  const full = (max: number): Limit => ({ Max: max, Remaining: max });
  return {
    ConcurrentAsyncGetReportInstances: full(200),
    DailyApiRequests: { Max: usage.max, Remaining: Math.max(usage.max - usage.used, 0) },
    DailyAsyncApexExecutions: full(250_000),
    DailyBulkApiBatches: full(15_000),
    DailyBulkV2QueryFileStorageMB: full(976_562),
    DailyBulkV2QueryJobs: full(10_000),
    DailyDeliveredPlatformEvents: full(10_000),
    DailyStreamingApiEvents: full(10_000),
    DataStorageMB: full(5),
    FileStorageMB: full(20),
    HourlyPublishedPlatformEvents: full(50_000),
    MassEmail: full(10),
    SingleEmail: full(15),
    StreamingApiConcurrentClients: full(20),
  };
}
