import { center } from './center.ts';
import { common } from './common.ts';
import { notices } from './notices.ts';
import { sync } from './sync.ts';
import { tasks } from './tasks.ts';

export const en = {
  center,
  common,
  tasks,
  sync,
  notices,
} as const;
