import { useLayoutEffect, useRef } from 'react';
import { keepEarlyKeys, takeEarlyKeys } from '../ui/early-keys.ts';
import { latePart } from '../ui/late-part.tsx';
import type { DatePopoverProps } from './date-popover.tsx';

const DatePopover = latePart<DatePopoverProps>(
  async () => (await import('./date-popover.tsx')).DatePopover,
  ({ children }) => children,
);

/** The popover, whose script comes when it is opened first; a day typed meanwhile is in its field then. */
export function LateDatePopover(props: DatePopoverProps) {
  const close = useRef(props.onClose);
  close.current = props.onClose;
  // Before the next key: `d` and `tomorrow` are typed in one go.
  useLayoutEffect(() => {
    keepEarlyKeys(() => close.current());
    return () => void takeEarlyKeys();
  }, []);
  return <DatePopover {...props} />;
}
