interface Pages {
  readonly isFetching: boolean;
  readonly refetch: (options: { cancelRefetch: false }) => Promise<unknown>;
  readonly fetchNextPage: () => Promise<unknown>;
}

/**
 * Reads on, after what is being read again: a page asked for meanwhile would cut that off, and what changed would
 * stay unread for as long as nothing else changes.
 */
export async function readNextPage({ isFetching, refetch, fetchNextPage }: Pages): Promise<void> {
  if (isFetching) await refetch({ cancelRefetch: false });
  await fetchNextPage();
}
