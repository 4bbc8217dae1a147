import 'i18next';
import type { en } from '../locales/en/index.ts';
import type { enLater } from '../locales/en/later.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en & typeof enLater };
    returnNull: false;
  }
}
