import { notifyManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { putAnswer } from './put-answer.ts';

describe('the answer to a write', () => {
  const queryKey = ['settings', 'sync'];

  /** A page that shows the settings, and a read of them that the test answers when it likes. */
  function pageWithRead(client: QueryClient) {
    const reads: ((mode: string) => void)[] = [];
    const observer = new QueryObserver(client, {
      queryKey,
      queryFn: () => new Promise<string>((resolve) => reads.push(resolve)),
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
    });
    const leave = observer.subscribe(() => {});
    return { reads, observer, leave };
  }

  it('B6.1 stays when a read that was asked before it arrives after it', async () => {
    const client = new QueryClient();
    client.setQueryData(queryKey, 'off');
    const { reads, observer, leave } = pageWithRead(client);
    const late = client.refetchQueries({ queryKey });
    expect(reads).toHaveLength(1);

    await putAnswer(client, { queryKey }, 'on');
    reads[0]?.('off');
    await late;

    expect(client.getQueryData(queryKey)).toBe('on');
    expect(observer.getCurrentResult()).toMatchObject({ data: 'on', isError: false });
    leave();
  });

  it('B6.1 is known to the page before whoever put it goes on', async () => {
    const client = new QueryClient();
    client.setQueryData(queryKey, 'off');
    const { observer, leave } = pageWithRead(client);
    const heard: unknown[] = [];
    // As `useQuery` listens.
    const stop = observer.subscribe(notifyManager.batchCalls(({ data }) => heard.push(data)));

    await putAnswer(client, { queryKey }, 'on');

    expect(heard.at(-1)).toBe('on');
    stop();
    leave();
  });

  it('B6.1 is shown at once when the first read has not arrived yet', async () => {
    const client = new QueryClient();
    const { reads, observer, leave } = pageWithRead(client);
    expect(reads).toHaveLength(1);

    await putAnswer(client, { queryKey }, 'on');
    reads[0]?.('off');
    await Promise.resolve();

    expect(observer.getCurrentResult()).toMatchObject({ data: 'on', status: 'success' });
    leave();
  });
});
