import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';

type Permission = NotificationPermission | 'unsupported';

const permissionNow = (): Permission =>
  'Notification' in window ? Notification.permission : 'unsupported';

/** Whether this browser shows notifications of the system; only a person can allow them, and take that back. */
export function BrowserSection() {
  const { t } = useT();
  const [permission, setPermission] = useState(permissionNow);
  useEffect(() => {
    // Changed in the browser's own settings, in between.
    const look = () => setPermission(permissionNow());
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);
  return (
    <Section title={t('reminders.browser.title')}>
      <p role="status" className={s.text}>
        {t(`reminders.browser.${permission}`)}
      </p>
      {permission === 'default' && (
        <div>
          <Button
            variant="default"
            onClick={() => void Notification.requestPermission().then(setPermission)}
          >
            {t('reminders.browser.allow')}
          </Button>
        </div>
      )}
    </Section>
  );
}
