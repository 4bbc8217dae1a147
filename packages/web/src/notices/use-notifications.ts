import type { Notice } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useToday } from '../dates/use-today.ts';
import { useT } from '../i18n/use-t.ts';
import { toast } from '../ui/toast.ts';
import { newestNoticesQuery } from './notice-queries.ts';
import { type NoticeText, noticeText } from './notice-text.ts';

/** Up to when this browser has announced notices; what is older was announced, or came while nobody looked. */
const STORED = 'tandem.announced';

/**
 * What is new is announced once in this browser: as a notification of the system where that is allowed, else on
 * the page. Two open pages give the system the same tag, and it shows one.
 */
export function useNotifications(): void {
  const { t, language } = useT();
  const navigate = useNavigate();
  const today = useToday();
  const notices = useQuery(newestNoticesQuery).data?.notices;
  useEffect(() => {
    if (notices === undefined) return;
    for (const notice of takeNew(notices)) {
      const text = noticeText(t, language, notice, today);
      const open = () => void navigate({ to: text.to });
      if (!notifySystem(notice.id, text, open)) {
        toast([text.title, text.text].filter(Boolean).join(' · '), {
          action: { label: text.action, run: open },
        });
      }
    }
  }, [notices, t, language, navigate, today]);
}

/** Oldest first. A browser that never announced anything begins now, rather than with a month of old news. */
function takeNew(notices: readonly Notice[]): readonly Notice[] {
  const newest = notices[0]?.at;
  const announced = localStorage.getItem(STORED);
  if (newest === undefined) {
    if (announced === null) localStorage.setItem(STORED, new Date(0).toISOString());
    return [];
  }
  if (announced !== null && newest <= announced) return [];
  localStorage.setItem(STORED, newest);
  if (announced === null) return [];
  return notices.filter(({ at, readAt }) => at > announced && readAt === null).reverse();
}

/** False: it could not be shown. Phones have notifications only behind a service worker, and throw here. */
function notifySystem(id: string, { title, text }: NoticeText, open: () => void): boolean {
  if (!('Notification' in window) || Notification.permission !== 'granted') return false;
  try {
    const shown = new Notification(title, { body: text, tag: id, icon: '/favicon.svg' });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
    return true;
  } catch {
    return false;
  }
}
