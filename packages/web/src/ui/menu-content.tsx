import { Menu } from '@mantine/core';
import { type ComponentProps, Fragment, type ReactElement } from 'react';
import { CheckIcon } from './icons.tsx';
import type { MenuSection } from './menu-button.tsx';
import s from './menu-content.module.css';

interface Props {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  readonly position: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end';
  readonly width: number;
  readonly sections: readonly MenuSection[];
  readonly target: ReactElement<Record<string, unknown>>;
}

export function MenuContent({ opened, onChange, position, width, sections, target }: Props) {
  return (
    <Menu opened={opened} onChange={onChange} position={position} width={width} shadow="md">
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown className={s.dropdown}>
        {sections.map((section, index) => (
          <Fragment key={section.label ?? section.items[0]?.key}>
            {index > 0 && <Menu.Divider />}
            {section.label && <Menu.Label>{section.label}</Menu.Label>}
            {section.items.map((item) => (
              <Menu.Item
                key={item.key}
                lang={item.lang}
                leftSection={item.icon}
                rightSection={item.checked ? <CheckIcon size={14} /> : null}
                {...(item.checked === undefined ? {} : choice(item.checked, item.many))}
                onClick={item.run}
              >
                {item.label}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Mantine calls every line a plain one; a choice says that it is one, or nobody hears whether it is on. */
function choice(checked: boolean, many = false) {
  const own = { role: many ? 'menuitemcheckbox' : 'menuitemradio', 'aria-checked': checked };
  return {
    renderRoot: (props: ComponentProps<'button'>) => <button type="button" {...props} {...own} />,
  };
}
