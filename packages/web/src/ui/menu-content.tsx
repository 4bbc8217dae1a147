import { Menu } from '@mantine/core';
import { Fragment, type ReactElement } from 'react';
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
                {...(item.checked === undefined
                  ? {}
                  : {
                      role: item.many ? 'menuitemcheckbox' : 'menuitemradio',
                      'aria-checked': item.checked,
                    })}
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
