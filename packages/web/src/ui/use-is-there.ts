import { type RefObject, useEffect, useRef } from 'react';

/** Whether the part is still on the page, for an answer that may come when it has gone. */
export function useIsThere(): RefObject<boolean> {
  const isThere = useRef(false);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  return isThere;
}
