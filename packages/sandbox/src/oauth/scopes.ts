/** The scopes an app may ask for, in the words the approval page shows. */
export const SCOPES: Readonly<Record<string, string>> = {
  api: 'See and change your records: tasks, contacts, accounts',
  web: 'Open pages in your name',
  full: 'Everything you can do yourself',
  refresh_token: 'Stay connected when you are not here',
  offline_access: 'Stay connected when you are not here',
  openid: 'Know who you are',
  id: 'Know who you are',
  profile: 'See your name and picture',
  email: 'See your e-mail address',
  address: 'See your address',
  phone: 'See your phone number',
  chatter_api: 'Read and write your feed',
  lightning: 'Show parts of its pages in yours',
  pwdless_login_api: 'Sign you in without a password',
};

/** What an app gets that names no scope. */
export const DEFAULT_SCOPE = 'refresh_token api';

export function parseScope(
  asked: string | undefined,
):
  | { readonly ok: true; readonly scope: string }
  | { readonly ok: false; readonly unknown: string } {
  const words = [...new Set((asked ?? '').split(/[\s+]+/).filter((word) => word !== ''))];
  const unknown = words.find((word) => !(word in SCOPES));
  if (unknown !== undefined) return { ok: false, unknown };
  return { ok: true, scope: words.length === 0 ? DEFAULT_SCOPE : words.join(' ') };
}
