import type { Me } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request } from '../api/client.ts';
import { putAnswer } from '../api/put-answer.ts';
import { meQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { refreshTasks } from '../api/refresh.ts';
import { browserTimeZone } from '../dates/use-today.ts';
import { type Language, storedLanguage, switchLanguage } from '../i18n/i18n.ts';

/** The server counts "today" in the zone it was told (B1.3), so the browser tells it when it differs. */
export function useSettleMe(): void {
  const { data: me } = useQuery(meQuery);
  const timeZone = me?.timeZone;
  const locale = me?.locale;
  useEffect(() => {
    if (timeZone === undefined || timeZone === browserTimeZone()) return;
    void saveMe({ timeZone: browserTimeZone() }).then(
      () => {
        refreshTasks();
        void queryClient.invalidateQueries({ queryKey: ['settings', 'reminders'] });
      },
      () => undefined,
    );
  }, [timeZone]);
  useEffect(() => {
    if (locale && storedLanguage() === null) void switchLanguage(locale);
  }, [locale]);
}

/** The choice holds here at once; the account remembers it for mails and other browsers. */
export async function chooseLanguage(language: Language): Promise<void> {
  await switchLanguage(language);
  await saveMe({ locale: language }).catch(() => undefined);
}

async function saveMe(patch: { timeZone?: string; locale?: Language }): Promise<void> {
  const me = await request<Me>('v1/me', { method: 'PATCH', body: patch });
  await putAnswer(queryClient, meQuery, me);
}
