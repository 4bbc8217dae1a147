import { useEffect, useRef } from 'react';

/** Whether the mouse is held down in there: read when it matters, so that a press redraws nothing. */
export function usePressed(place: React.RefObject<HTMLElement | null>): React.RefObject<boolean> {
  const pressed = useRef(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const down = () => {
      pressed.current = true;
    };
    const up = () => {
      pressed.current = false;
    };
    element.addEventListener('mousedown', down);
    // It may be let go anywhere.
    window.addEventListener('mouseup', up, { capture: true });
    return () => {
      element.removeEventListener('mousedown', down);
      window.removeEventListener('mouseup', up, { capture: true });
    };
  }, [place]);
  return pressed;
}
