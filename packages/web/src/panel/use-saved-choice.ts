import type { Task } from '@tandem/api';
import { useState } from 'react';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import { failedOne } from '../tasks/send-changes.ts';
import { useIsThere } from '../ui/use-is-there.ts';

/** A choice that is saved when it is made. A refusal is said beside it, or in a notice once it is out of sight. */
export function useSavedChoice<V>(task: Task, store: (value: V) => Promise<unknown>) {
  const { t } = useT();
  const [state, setState] = useState<'clean' | 'saving' | 'failed'>('clean');
  const [error, setError] = useState<string | null>(null);
  const isThere = useIsThere();
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
      if (!isThere.current) failedOne(task, problem, () => choose(value));
    }
  };
  return { state, error, choose };
}
