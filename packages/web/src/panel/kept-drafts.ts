/**
 * What was typed into a field that closed before the server took it. It waits here, with the reason, until
 * the field is opened again; a reload ends the wait.
 */
export interface KeptDraft {
  readonly text: string;
  readonly why: string;
}

const drafts = new Map<string, KeptDraft>();
const listeners = new Map<string, () => void>();

export function keepDraft(key: string, draft: KeptDraft): void {
  drafts.set(key, draft);
  listeners.get(key)?.();
}

/** Gives a waiting draft to the open field, now or when one is kept. */
export function claimDraft(key: string, take: (draft: KeptDraft) => void): () => void {
  const claim = () => {
    const draft = drafts.get(key);
    drafts.delete(key);
    if (draft) take(draft);
  };
  claim();
  listeners.set(key, claim);
  return () => {
    if (listeners.get(key) === claim) listeners.delete(key);
  };
}
