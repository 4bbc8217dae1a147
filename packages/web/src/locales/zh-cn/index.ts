import type { en } from '../en/index.ts';
import type { Texts } from '../texts.ts';
import { center } from './center.ts';
import { common } from './common.ts';
import { notices } from './notices.ts';
import { sync } from './sync.ts';
import { tasks } from './tasks.ts';

export const zhCn: Texts<typeof en> = {
  center,
  common,
  tasks,
  sync,
  notices,
};
