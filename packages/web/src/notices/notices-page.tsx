import type { Notice, NoticeMark } from '@tandem/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import i18next from 'i18next';
import { useEffect, useState } from 'react';
import { readNextPage } from '../api/next-page.ts';
import { problemText } from '../api/problem-text.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useToday } from '../dates/use-today.ts';
import { useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { BellIcon } from '../ui/icons.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import states from '../ui/states.module.css';
import { toast } from '../ui/toast.ts';
import { markNotices, noticesQuery } from './notice-queries.ts';
import { noticeText } from './notice-text.ts';
import s from './notices.module.css';

/** What Tandem told this person; what is over goes by itself. */
export function NoticesPage() {
  const { t } = useT();
  const query = useInfiniteQuery(noticesQuery);
  const notices = query.data?.pages.flatMap((one) => one.notices) ?? [];
  const fresh = useFresh(notices);
  return (
    <div className={layout.page}>
      <div className={layout.scroll}>
        <div className={layout.column}>
          <header className={layout.header}>
            <h1>{t('notices.title')}</h1>
            <p className={layout.text}>{t('notices.lead')}</p>
            <div className={s.tools}>
              <Link to="/settings/reminders">{t('notices.settings')}</Link>
              {notices.length > 0 && (
                <button
                  type="button"
                  className={s.quietButton}
                  onClick={() => void putAway({ mark: 'cleared' })}
                >
                  {t('notices.clearAll')}
                </button>
              )}
            </div>
          </header>
          {query.isPending ? (
            <PageSkeleton />
          ) : query.isError && notices.length === 0 ? (
            <LoadFault fault={query.error} retry={() => void query.refetch()} />
          ) : notices.length === 0 ? (
            <div className={states.part}>
              <BellIcon size={28} />
              <h2>{t('notices.emptyTitle')}</h2>
              <p className={states.text}>{t('notices.emptyText')}</p>
            </div>
          ) : (
            <ul className={s.list}>
              {notices.map((notice) => (
                <Row key={notice.id} notice={notice} isNew={fresh.has(notice.id)} />
              ))}
            </ul>
          )}
          {query.hasNextPage && (
            <button
              type="button"
              className={s.quietButton}
              onClick={() => void readNextPage(query)}
            >
              {t('notices.more')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

function Row({ notice, isNew }: { notice: Notice; isNew: boolean }) {
  const { t, language } = useT();
  const { title, text, to, action } = noticeText(t, language, notice, useToday());
  return (
    <li className={s.row} data-new={isNew || undefined}>
      <span className={s.dot} aria-hidden="true" />
      <div className={s.what}>
        <p className={s.title}>
          {isNew && <span className="visually-hidden">{t('notices.isNew')}: </span>}
          {title}
        </p>
        {text !== '' && <p className={s.text}>{text}</p>}
        <p className={s.foot}>
          <Link to={to}>{action}</Link>
          <time dateTime={notice.at}>{formatMoment(notice.at, language)}</time>
        </p>
      </div>
      <button
        type="button"
        className={s.quietButton}
        aria-label={`${t('notices.clear')}: ${title}`}
        onClick={() => void putAway({ mark: 'cleared', ids: [notice.id] })}
      >
        {t('notices.clear')}
      </button>
    </li>
  );
}

async function putAway(mark: NoticeMark): Promise<void> {
  try {
    await markNotices(mark);
  } catch (fault) {
    toast(problemText(i18next.t, fault), {
      kind: 'failed',
      action: { label: i18next.t('common.retry'), run: () => void putAway(mark) },
    });
  }
}

/** Seeing the page is reading it; what was new stays marked until one leaves. */
function useFresh(notices: readonly Notice[]): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const unread = notices.filter(({ readAt }) => readAt === null).map(({ id }) => id);
  const key = unread.join();
  useEffect(() => {
    if (key === '') return;
    const ids = key.split(',');
    setFresh((before) => new Set([...before, ...ids]));
    markNotices({ mark: 'read' }).catch(() => undefined);
  }, [key]);
  return fresh;
}
