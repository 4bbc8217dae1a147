import type { TaskSync } from '@tandem/api';
import {
  InStepIcon,
  NeedsAdminIcon,
  NeedsYouIcon,
  NotSyncedIcon,
  SendingIcon,
  WaitingIcon,
} from '../ui/icons.tsx';
import s from './sync-glyph.module.css';

const GLYPHS = {
  in_step: InStepIcon,
  sending: SendingIcon,
  waiting: WaitingIcon,
  needs_you: NeedsYouIcon,
  needs_admin: NeedsAdminIcon,
  not_synced: NotSyncedIcon,
} as const;

/** Decoration: the words always stand beside it or in the accessible name of what holds it. */
export function SyncGlyph({ state, size = 16 }: { state: TaskSync['state']; size?: number }) {
  const Glyph = GLYPHS[state];
  return (
    <span className={s.glyph} data-state={state} aria-hidden="true">
      <Glyph size={size} />
    </span>
  );
}
