import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatDate, formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { digestPreviewQuery } from './reminder-queries.ts';
import s from './reminders.module.css';

const SECTIONS = ['overdue', 'today', 'tomorrow'] as const;

/** What the next digest would hold; as saved, not as typed. */
export function DigestPreviewSection() {
  const { t, language } = useT();
  const preview = useQuery(digestPreviewQuery).data;
  if (!preview) return null;
  const shown = SECTIONS.filter((name) => preview[name].count > 0);
  const when =
    preview.at === null
      ? t('reminders.preview.now')
      : t('reminders.preview.when', { when: formatMoment(preview.at, language) });
  return (
    <Section title={t('reminders.preview.title')} text={when}>
      <div className={s.preview}>
        {shown.length === 0 && <p className={layout.quiet}>{t('reminders.preview.nothing')}</p>}
        {shown.map((name) => {
          const { count, tasks } = preview[name];
          return (
            <div key={name}>
              <h3>{t(`reminders.preview.${name}`, { count })}</h3>
              <ul>
                {tasks.map((task) => (
                  <li key={task.id}>
                    <Link to="/" search={{ task: task.id }}>
                      {task.name || t('reminders.preview.unnamed')}
                    </Link>
                    <span>
                      {/* Each by itself: a name in Arabic would turn the date around. */}
                      <bdi>{task.personName}</bdi>
                      {task.personName && name === 'overdue' && ' · '}
                      {name === 'overdue' && (
                        <bdi className={s.day}>
                          {formatDate(task.dueDate, language, { day: 'numeric', month: 'short' })}
                        </bdi>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
              {count > tasks.length && (
                <p className={layout.quiet}>
                  {t('reminders.preview.more', { count: count - tasks.length })}
                </p>
              )}
            </div>
          );
        })}
      </div>
    </Section>
  );
}
