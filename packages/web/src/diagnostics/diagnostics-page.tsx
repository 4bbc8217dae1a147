import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { InStepIcon } from '../ui/icons.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { CauseCard } from './cause-card.tsx';
import s from './diagnostics.module.css';
import { IgnoredFold } from './ignored-fold.tsx';
import { causesQuery } from './queries.ts';
import { sectionsOf } from './sections.ts';

const EXPORT = '/api/v1/sync/problems/export';

/** What did not get through, by cause: a sentence, whose move, the button; the tasks fold out beneath (B11.3). */
export function DiagnosticsPage() {
  const { t } = useT();
  const found = useQuery(causesQuery);
  const role = useQuery(meQuery).data?.role;
  const sections = found.data ? sectionsOf(found.data.causes, role) : [];
  return (
    <div className={layout.page}>
      <div className={layout.scroll}>
        <div className={s.column}>
          <header className={s.header}>
            <div>
              <h1>{t('diagnostics.title')}</h1>
              <p className={layout.text}>{t('diagnostics.lead')}</p>
            </div>
            {sections.length > 0 && (
              <Button component="a" href={EXPORT} download variant="default" size="xs">
                {t('diagnostics.export')}
              </Button>
            )}
          </header>
          {found.data ? (
            <>
              {sections.length === 0 && <Empty />}
              {sections.map(({ name, causes }) => (
                <section key={name} className={s.section} data-section={name}>
                  <h2>{t(`diagnostics.section.${name}`)}</h2>
                  <p className={s.sectionText}>{t(`diagnostics.sectionText.${name}`)}</p>
                  {causes.map((cause) => (
                    <CauseCard key={`${cause.kind}:${cause.cause}`} cause={cause} />
                  ))}
                </section>
              ))}
              {found.data.ignored > 0 && <IgnoredFold count={found.data.ignored} />}
            </>
          ) : found.isError ? (
            <LoadFault fault={found.error} retry={() => void found.refetch()} />
          ) : (
            <PageSkeleton />
          )}
        </div>
      </div>
    </div>
  );
}

function Empty() {
  const { t } = useT();
  return (
    <div className={s.empty}>
      <span className={s.emptyMark}>
        <InStepIcon size={28} />
      </span>
      <h2>{t('diagnostics.empty.title')}</h2>
      <p className={layout.text}>{t('diagnostics.empty.text')}</p>
      <Link to="/">{t('diagnostics.empty.toTasks')}</Link>
    </div>
  );
}
