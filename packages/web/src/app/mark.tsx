/** Two riders in line: the sign of Tandem. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M8 12.5h16M8 19.5h16" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="12.5" cy="12.5" r="3" fill="var(--accent)" stroke="#fff" strokeWidth="2.2" />
      <circle cx="19.5" cy="19.5" r="3" fill="var(--accent)" stroke="#fff" strokeWidth="2.2" />
    </svg>
  );
}
