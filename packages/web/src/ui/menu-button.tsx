import { lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';

/**
 * A button with a menu. The menu's machinery (placing, type-ahead, focus) is a third of the first page's
 * script, so it loads when a pointer or the focus comes near the button, not before the first task is seen.
 */
export interface MenuSection {
  readonly label?: string | undefined;
  readonly items: readonly MenuEntry[];
}

export interface MenuEntry {
  readonly key: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly lang?: string;
  /** Set for choices; `many` when several can be on at once. */
  readonly checked?: boolean;
  readonly many?: boolean;
  readonly run: () => void;
}

interface Props {
  readonly className: string | undefined;
  readonly label?: string | undefined;
  readonly on?: boolean;
  readonly position?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end';
  readonly width?: number;
  /** The pointer or the focus is at the button. */
  readonly onNear?: () => void;
  readonly sections: readonly MenuSection[];
  readonly children: ReactNode;
}

const load = () => import('./menu-content.tsx');
const MenuContent = lazy(async () => ({ default: (await load()).MenuContent }));

export function MenuButton(props: Props) {
  const { className, label, on, position = 'bottom-end', width = 210, sections, children } = props;
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  const near = () => {
    void load();
    props.onNear?.();
  };
  const button: ReactElement<Record<string, unknown>> = (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={opened}
      data-on={on || undefined}
      onPointerEnter={near}
      onFocus={near}
      onClick={() => {
        setWanted(true);
        setOpened(!opened);
      }}
    >
      {children}
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <MenuContent
        opened={opened}
        onChange={setOpened}
        position={position}
        width={width}
        sections={sections}
        target={button}
      />
    </Suspense>
  );
}
