import type { ReactNode } from 'react';

/** One line of the palette. */
export interface Command {
  readonly id: string;
  readonly group: 'task' | 'create' | 'go' | 'saved' | 'list' | 'app' | 'found' | 'choice';
  readonly label: string;
  /** Other words that people may type for it; English ones also on a Chinese page. */
  readonly also?: readonly string[];
  /** What does the same without the palette. */
  readonly keys?: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly checked?: boolean;
  /** The palette closes first, except where it is opened again by this. */
  readonly run: () => void;
}
