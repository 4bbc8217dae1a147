/** What the form can tell by itself, before the server is asked. Returns the key of the text, per field. */
export interface AuthFields {
  readonly name?: string;
  readonly email: string;
  readonly password: string;
}

export type AuthErrorKey =
  | 'nameMissing'
  | 'nameLong'
  | 'emailMissing'
  | 'emailInvalid'
  | 'passwordMissing'
  | 'passwordShort'
  | 'passwordLong'
  | 'exists';

export type AuthErrors = { [F in keyof AuthFields]?: AuthErrorKey };

/** As long as the API takes. */
const NAME_MAX = 200;
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

export function checkSignIn({ email, password }: AuthFields): AuthErrors {
  return { ...checkEmail(email), ...(password === '' ? { password: 'passwordMissing' } : {}) };
}

export function checkSignUp({ name = '', email, password }: AuthFields): AuthErrors {
  return {
    ...checkName(name.trim()),
    ...checkEmail(email),
    ...checkNewPassword(password),
  };
}

function checkName(name: string): AuthErrors {
  if (name === '') return { name: 'nameMissing' };
  return name.length > NAME_MAX ? { name: 'nameLong' } : {};
}

export function checkEmail(email: string): AuthErrors {
  const address = email.trim();
  if (address === '') return { email: 'emailMissing' };
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? {} : { email: 'emailInvalid' };
}

export function checkNewPassword(password: string): AuthErrors {
  if (password === '') return { password: 'passwordMissing' };
  if (password.length < PASSWORD_MIN) return { password: 'passwordShort' };
  return password.length > PASSWORD_MAX ? { password: 'passwordLong' } : {};
}
