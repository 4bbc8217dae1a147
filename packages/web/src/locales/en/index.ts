import { center } from './center.ts';
import { common } from './common.ts';
import { health } from './health.ts';
import { history } from './history.ts';
import { notices } from './notices.ts';
import { sync } from './sync.ts';
import { taskPage } from './task-page.ts';
import { tasks } from './tasks.ts';
import { team } from './team.ts';

export const en = {
  center,
  common,
  tasks,
  sync,
  history,
  health,
  taskPage,
  notices,
  team,
} as const;
