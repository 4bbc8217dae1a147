import type { Task } from '@tandem/api';
import { useEffect, useRef, useState } from 'react';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import { failedOne } from '../tasks/send-changes.ts';

/** A choice that is saved when it is made. A refusal is said beside it, or in a notice once it is out of sight. */
export function useSavedChoice<V>(task: Task, store: (value: V) => Promise<unknown>) {
  const { t } = useT();
  const [state, setState] = useState<'clean' | 'saving' | 'failed'>('clean');
  const [error, setError] = useState<string | null>(null);
  const shown = useRef(false);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  const choose = async (value: V): Promise<void> => {
    setState('saving');
    setError(null);
    try {
      await store(value);
      setState('clean');
      setError(null);
    } catch (problem) {
      setState('failed');
      setError(problemText(t, problem));
      if (!shown.current) failedOne(task, problem, () => choose(value));
    }
  };
  return { state, error, choose };
}
