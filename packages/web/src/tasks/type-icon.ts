import type { Task } from '@tandem/api';
import { CallIcon, CustomIcon, EmailIcon, InMailIcon } from '../ui/icons.tsx';

export const TYPE_ICONS = {
  email: EmailIcon,
  call: CallIcon,
  inmail: InMailIcon,
  custom: CustomIcon,
} as const satisfies Record<Task['type'], unknown>;
