import { useEffect, useState } from 'react';
import { type PlainDate, todayIn } from './plain-date.ts';

/** The browser's own zone: where the person is now. The server is told when it differs (PATCH me). */
export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A page left open over midnight must turn over by itself; half a minute late is soon enough. */
const CHECK_EVERY_MS = 30_000;

export function useToday(): PlainDate {
  const [today, setToday] = useState(() => todayIn(browserTimeZone(), new Date()));
  useEffect(() => {
    const check = () => setToday(todayIn(browserTimeZone(), new Date()));
    const timer = setInterval(check, CHECK_EVERY_MS);
    document.addEventListener('visibilitychange', check);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
    };
  }, []);
  return today;
}
