import { useEffect, useRef, useState } from 'react';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import { claimDraft, keepDraft } from './kept-drafts.ts';

/**
 * A text that is saved when it is left. What was typed stays until the server has taken it: a refusal
 * leaves the draft, says why, and offers to try again or to discard.
 */
export type FieldState = 'clean' | 'editing' | 'saving' | 'saved' | 'failed';

export interface SavedField {
  readonly text: string;
  readonly state: FieldState;
  readonly error: string | null;
  /** The value somebody else gave it while this draft was typed. */
  readonly meanwhile: string | null;
  readonly type: (text: string) => void;
  readonly save: () => void;
  readonly discard: () => void;
}

/** Long enough to be seen, short enough not to stand there as decoration. */
const SAVED_SHOWN_MS = 2_000;

interface Options {
  /** Which field of which task: its draft outlives the panel under this name. */
  readonly draftKey: string;
  readonly value: string;
  readonly store: (text: string) => Promise<unknown>;
  /** Why this text cannot be sent at all; null when it can. */
  readonly fault?: (text: string) => string | null;
  /** It failed when the field was no longer there to say so. */
  readonly onLateFailure: (why: string) => void;
}

export function useSavedField(options: Options): SavedField {
  const { value, store, fault, draftKey, onLateFailure } = options;
  const { t } = useT();
  const shown = useRef(false);
  const [draft, setDraft] = useState<string | null>(null);
  const [base, setBase] = useState(value);
  const [state, setState] = useState<FieldState>('clean');
  const [error, setError] = useState<string | null>(null);
  const text = draft ?? value;

  const fail = (unsaved: string, why: string) => {
    setState('failed');
    setError(why);
    if (shown.current) return;
    keepDraft(draftKey, { text: unsaved, why });
    onLateFailure(why);
  };
  const save = () => {
    if (draft === null || state === 'saving') return;
    const wrong = fault?.(draft) ?? null;
    if (wrong) {
      fail(draft, wrong);
      return;
    }
    if (draft === value) {
      discard();
      return;
    }
    const sent = draft;
    setState('saving');
    setError(null);
    store(sent).then(
      () => {
        // Typed on meanwhile: that is the next edit.
        setDraft((now) => (now === sent ? null : now));
        setState((now) => (now === 'saving' ? 'saved' : now));
      },
      (problem: unknown) => fail(sent, problemText(t, problem)),
    );
  };
  const discard = () => {
    setDraft(null);
    setState('clean');
    setError(null);
  };
  const type = (typed: string) => {
    if (draft === null) setBase(value);
    setDraft(typed);
    setState('editing');
    setError(null);
  };

  useEffect(() => {
    if (state !== 'saved') return;
    const timer = setTimeout(() => setState('clean'), SAVED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);

  // Closing the panel is leaving the field.
  const last = useRef(save);
  last.current = save;
  useEffect(() => {
    shown.current = true;
    const letGo = claimDraft(draftKey, (kept) => {
      setDraft((now) => now ?? kept.text);
      setState('failed');
      setError(kept.why);
    });
    return () => {
      shown.current = false;
      letGo();
      last.current();
    };
  }, [draftKey]);

  const meanwhile = state === 'editing' && draft !== null && value !== base ? value : null;
  return { text, state, error, meanwhile, type, save, discard };
}
