import { type CSSVariablesResolver, createTheme } from '@mantine/core';
import { createElement } from 'react';
import { DownIcon } from '../ui/icons.tsx';

/** Mantine's own variables, pointed at ours (theme.css), so that both speak with one palette. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    teal: [
      '#e8f5f3',
      '#d0e9e5',
      '#a1d3cb',
      '#6fbcb0',
      '#45a598',
      '#258d80',
      '#0f776b',
      '#0b6b62',
      '#075750',
      '#04433e',
    ],
    // Of menus, fields and dates in the dark: our ground, not a grey of its own.
    dark: [
      '#e6eceb',
      '#c3cecb',
      '#a3b1ae',
      '#6a7774',
      '#33403d',
      '#1f2826',
      '#18201e',
      '#0e1312',
      '#0a0e0d',
      '#070a09',
    ],
  },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--font)' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // One arrow for every choice, the browser's own ones and these.
  components: {
    NativeSelect: { defaultProps: { rightSection: createElement(DownIcon, { size: 14 }) } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--float)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-disabled': 'var(--hover)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-anchor': 'var(--accent-ink)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
