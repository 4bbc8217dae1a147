import type { ReactNode } from 'react';

interface IconProps {
  readonly size?: number;
  readonly className?: string | undefined;
}

/** Drawn for Tandem on a 16 px grid with one stroke width; always beside words or an accessible name. */
function Glyph({ size = 16, className, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

// Settings
export const TeamIcon = (props: IconProps) => (
  <Glyph {...props}>
    <circle cx="6" cy="5.5" r="2.5" />
    <path d="M1.5 13.25c.4-2.4 2.2-3.75 4.5-3.75s4.1 1.35 4.5 3.75M10.5 3.25a2.4 2.4 0 0 1 0 4.5M12 9.9c1.4.5 2.3 1.6 2.5 3.35" />
  </Glyph>
);
export const AccountIcon = (props: IconProps) => (
  <Glyph {...props}>
    <circle cx="8" cy="5.5" r="2.75" />
    <path d="M2.75 13.75c.5-2.6 2.6-4 5.25-4s4.75 1.4 5.25 4" />
  </Glyph>
);
export const AuditIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M3.25 1.75h9.5v12.5h-9.5zM5.75 5h4.5M5.75 8h4.5M5.75 11h2.5" />
  </Glyph>
);

// Task types
export const EmailIcon = (props: IconProps) => (
  <Glyph {...props}>
    <rect x="1.75" y="3.25" width="12.5" height="9.5" rx="1.75" />
    <path d="m2.25 4.5 5.75 4.25 5.75-4.25" />
  </Glyph>
);
export const CallIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M5.2 2.3 3.4 2.7c-.8.2-1.2.9-1.1 1.7.6 4.9 4.4 8.7 9.3 9.3.8.1 1.5-.3 1.7-1.1l.4-1.8-3.1-1.5-1.3 1.4c-1.7-.8-3.1-2.2-3.9-3.9l1.4-1.3z" />
  </Glyph>
);
export const InMailIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M2.25 3.75c0-.8.7-1.5 1.5-1.5h8.5c.8 0 1.5.7 1.5 1.5v5.5c0 .8-.7 1.5-1.5 1.5H7l-3 2.75v-2.75h-.25c-.8 0-1.5-.7-1.5-1.5z" />
    <path d="M5.25 5.5h5.5M5.25 7.75h3.5" />
  </Glyph>
);
export const CustomIcon = (props: IconProps) => (
  <Glyph {...props}>
    <rect x="3" y="2.25" width="10" height="11.5" rx="1.75" />
    <path d="M5.75 5.5h4.5M5.75 8h4.5M5.75 10.5h2.5" />
  </Glyph>
);

// Navigation
export const TasksIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="m2 4.25 1.25 1.25L5.5 3M2 11.25l1.25 1.25L5.5 10M8 4.5h6M8 11.5h6" />
  </Glyph>
);
export const SettingsIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M2 4.5h5.5M11.5 4.5H14M2 11.5h2.5M8.5 11.5H14" />
    <circle cx="9.5" cy="4.5" r="2" />
    <circle cx="6.5" cy="11.5" r="2" />
  </Glyph>
);
export const TextIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M3 4V2.75h10V4M8 2.75v10.5M6.25 13.25h3.5" />
  </Glyph>
);
export const CloudIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M4.5 12.5a3 3 0 0 1-.3-5.98 4 4 0 0 1 7.7-.5 3.25 3.25 0 0 1-.4 6.48z" />
  </Glyph>
);

// Actions
export const PlusIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M8 3v10M3 8h10" />
  </Glyph>
);
export const SearchIcon = (props: IconProps) => (
  <Glyph {...props}>
    <circle cx="7" cy="7" r="4.25" />
    <path d="m10.25 10.25 3.25 3.25" />
  </Glyph>
);
export const FilterIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M2.5 4.25h11M4.75 8h6.5M6.75 11.75h2.5" />
  </Glyph>
);
export const SortIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M5 3v10M2.5 10.5 5 13l2.5-2.5M11 13V3M8.5 5.5 11 3l2.5 2.5" />
  </Glyph>
);
export const CalendarIcon = (props: IconProps) => (
  <Glyph {...props}>
    <rect x="2.25" y="3.25" width="11.5" height="10.5" rx="1.75" />
    <path d="M2.25 6.5h11.5M5.5 1.75v2.5M10.5 1.75v2.5" />
  </Glyph>
);
export const FlagIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M4 14V2.5h7.75L10 5.5l1.75 3H4" />
  </Glyph>
);
export const TrashIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M2.5 4.25h11M6 4V2.5h4V4M4 4.25l.6 8.5c0 .6.5 1 1 1h4.8c.5 0 1-.4 1-1l.6-8.5M6.75 7v4M9.25 7v4" />
  </Glyph>
);
export const RestoreIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M2.5 3v3.5H6M2.75 6.5A5.5 5.5 0 1 1 2.5 9.25" />
  </Glyph>
);
export const CloseIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Glyph>
);
export const CheckIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="m3.5 8.5 3 3 6-7" />
  </Glyph>
);
export const ChevronIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="m6 3.5 4.5 4.5L6 12.5" />
  </Glyph>
);
export const DownIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="m3.5 6 4.5 4.5L12.5 6" />
  </Glyph>
);
export const ExternalIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M9.5 2.5h4v4M13.25 2.75 7.5 8.5M11.5 9.5v2.75c0 .7-.6 1.25-1.25 1.25h-6.5c-.7 0-1.25-.6-1.25-1.25v-6.5c0-.7.6-1.25 1.25-1.25H6.5" />
  </Glyph>
);
export const CommandIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M6 6V4.25A1.75 1.75 0 1 0 4.25 6zM10 6V4.25A1.75 1.75 0 1 1 11.75 6zM6 10v1.75A1.75 1.75 0 1 1 4.25 10zM10 10v1.75A1.75 1.75 0 1 0 11.75 10zM6 6h4v4H6z" />
  </Glyph>
);
export const SignOutIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M6.5 2.5H4c-.8 0-1.5.7-1.5 1.5v8c0 .8.7 1.5 1.5 1.5h2.5M10.5 11l3-3-3-3M13.25 8H6" />
  </Glyph>
);

export const ProgramsIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M5.5 4.25 1.75 8l3.75 3.75M10.5 4.25 14.25 8l-3.75 3.75M9 3 7 13" />
  </Glyph>
);

// States of sync
export const InStepIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M3 6h10M3 10h10" />
  </Glyph>
);
export const SendingIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M2.5 8h9.5M8.75 4.75 12 8l-3.25 3.25" />
  </Glyph>
);
export const WaitingIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M4.5 2.25h7M4.5 13.75h7M5.25 2.25c0 3 2.75 4.25 2.75 5.75s-2.75 2.75-2.75 5.75M10.75 2.25c0 3-2.75 4.25-2.75 5.75s2.75 2.75 2.75 5.75" />
  </Glyph>
);
export const NeedsYouIcon = (props: IconProps) => (
  <Glyph {...props}>
    <circle cx="8" cy="8" r="5.75" />
    <path d="M8 5v3.5M8 11h.01" />
  </Glyph>
);
export const NeedsAdminIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M8 2.25 14 13H2zM8 6.5v2.75M8 11.25h.01" />
  </Glyph>
);
export const NotSyncedIcon = (props: IconProps) => (
  <Glyph {...props}>
    <circle cx="8" cy="8" r="4.25" strokeDasharray="2 2.45" />
  </Glyph>
);
export const BellIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M8 1.9a4 4 0 0 0-4 4c0 3.6-1.5 4.9-1.5 4.9h11S12 9.5 12 5.9a4 4 0 0 0-4-4z" />
    <path d="M6.6 13.4a1.5 1.5 0 0 0 2.8 0" />
  </Glyph>
);
export const HealthIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M1.75 8.5h2.9l1.6-4.75 3.2 8.5 1.85-5 .75 1.25h2.2" />
  </Glyph>
);
export const HistoryIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M2.5 4.25v3h3M2.75 7.1A5.6 5.6 0 1 1 3 9.5" />
    <path d="M8 5.25V8.2l2 1.3" />
  </Glyph>
);
export const DiagnosticsIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M3 13.25V9.5M8 13.25V2.75M13 13.25v-6" />
    <path d="m1.75 6 1.25 1.25L5.25 5M11.75 2.5l2.5 2.5M14.25 2.5l-2.5 2.5" />
  </Glyph>
);
export const PageIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M6.25 3H3v10h10V9.75M9.25 2.5h4.25v4.25M13.25 2.75 7.5 8.5" />
  </Glyph>
);
export const BackIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M9.75 3.5 5.25 8l4.5 4.5" />
  </Glyph>
);

// Order
export const ArrowUpIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M8 13V3.5M4 7l4-4 4 4" />
  </Glyph>
);
export const ArrowDownIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M8 3v9.5M4 9l4 4 4-4" />
  </Glyph>
);
export const ColumnsIcon = (props: IconProps) => (
  <Glyph {...props}>
    <rect x="2" y="2.75" width="12" height="10.5" rx="1.75" />
    <path d="M6.25 3v10M10.25 3v10" />
  </Glyph>
);
export const BookmarkIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M4 3.5c0-.7.6-1.25 1.25-1.25h5.5c.7 0 1.25.55 1.25 1.25v10.25L8 10.9l-4 2.85z" />
  </Glyph>
);
export const MoreIcon = (props: IconProps) => (
  <Glyph {...props}>
    <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />
  </Glyph>
);
