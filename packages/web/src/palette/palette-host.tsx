import { useEffect, useLayoutEffect } from 'react';
import { loadLaterTexts } from '../i18n/i18n.ts';
import { meaningOf } from '../tasks/keys.ts';
import { latePart } from '../ui/late-part.tsx';
import { closePalette, openPalette, usePaletteMode } from './palette-state.ts';

async function load() {
  const [{ Palette: palette }] = await Promise.all([import('./palette.tsx'), loadLaterTexts()]);
  return palette;
}
const Palette = latePart(load);

/** When the first page has had the line for itself. */
const LOAD_AFTER_MS = 4_000;

/** Ctrl-K or Cmd-K on every page; the palette's script comes after the page's, or when it is opened. */
export function PaletteHost() {
  const mode = usePaletteMode();
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), LOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  // Before the page is drawn: what says that it listens, does.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (meaningOf(event)?.does !== 'palette') return;
      event.preventDefault();
      openPalette();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  if (mode === null) return null;
  return <Palette key={mode} mode={mode} onClose={closePalette} />;
}
