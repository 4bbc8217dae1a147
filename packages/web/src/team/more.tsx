import { Button } from '@mantine/core';
import { readNextPage } from '../api/next-page.ts';
import { useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { PageSkeleton } from '../ui/page-skeleton.tsx';

interface Pages {
  readonly data: unknown;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetching: boolean;
  refetch(options?: { cancelRefetch: false }): Promise<unknown>;
  fetchNextPage(): Promise<unknown>;
}

/** Beneath a list: its skeleton, why it did not load, or the way to more. */
export function More({ query }: { query: Pages }) {
  const { t } = useT();
  if (query.error && !query.data) {
    return <LoadFault fault={query.error} retry={() => void query.refetch()} />;
  }
  if (query.isPending) return <PageSkeleton />;
  if (!query.hasNextPage) return null;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        loading={query.isFetchingNextPage}
        onClick={() => void readNextPage(query)}
      >
        {t('common.more')}
      </Button>
    </div>
  );
}
