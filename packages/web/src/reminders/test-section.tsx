import { Button } from '@mantine/core';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';

/** "Send me a test": the same ways that reminders take. */
export function TestSection({ address }: { address: string }) {
  const { t } = useT();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ good: boolean; text: string } | null>(null);
  const send = async () => {
    setBusy(true);
    setOutcome(null);
    try {
      const { mail } = await request<{ mail: 'sent' | 'off' }>('v1/reminders/test', {
        method: 'POST',
      });
      setOutcome({ good: true, text: t(`reminders.test.${mail}`, { address }) });
    } catch (fault) {
      setOutcome({ good: false, text: problemText(t, fault) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={s.save}>
      <Button variant="default" loading={busy} onClick={() => void send()}>
        {t('reminders.test.button')}
      </Button>
      <span role="status" className={outcome?.good === false ? s.badText : s.quiet}>
        {outcome?.text}
      </span>
    </div>
  );
}
