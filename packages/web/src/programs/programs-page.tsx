import { useT } from '../i18n/use-t.ts';
import { ExternalIcon } from '../ui/icons.tsx';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { CsvSection } from './csv-section.tsx';
import { TokensSection } from './tokens-section.tsx';
import { WebhooksSection } from './webhooks-section.tsx';

/** What reaches Tandem from outside, and what it tells. */
export function ProgramsPage() {
  const { t } = useT();
  return (
    <>
      <header className={s.header}>
        <h1>{t('programs.title')}</h1>
        <p className={s.text}>{t('programs.lead')}</p>
      </header>
      <TokensSection />
      <WebhooksSection />
      <CsvSection />
      <Section title={t('programs.api.title')} text={t('programs.api.text')}>
        <div className={s.line}>
          <a href="/api/openapi.json" target="_blank" rel="noreferrer" className={s.external}>
            {t('programs.api.openapi')}
            <ExternalIcon size={12} />
          </a>
        </div>
      </Section>
    </>
  );
}
