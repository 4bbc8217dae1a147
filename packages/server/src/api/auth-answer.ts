import { z } from 'zod';
import { invalidField, Refusal } from '../http/refusal.ts';

/** What better-auth answers, in Tandem's terms. */

const userIn = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
});

export async function authAnswer(answer: Response): Promise<z.infer<typeof userIn>> {
  return userIn.parse(await answer.json());
}

export async function authRefusal(answer: Response): Promise<Refusal> {
  switch (await codeIn(answer)) {
    case 'INVALID_EMAIL_OR_PASSWORD':
    case 'USER_NOT_FOUND':
    case 'INVALID_PASSWORD':
      return new Refusal('wrong_credentials');
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return invalidField('email', 'belongs to an existing account; sign in instead');
    case 'INVALID_EMAIL':
      return invalidField('email', 'must be an e-mail address');
    case 'PASSWORD_TOO_SHORT':
    case 'PASSWORD_TOO_LONG':
      return invalidField('password', 'must have 8 to 128 characters');
    default:
      return new Refusal('internal', 'The sign-in service did not answer as expected.');
  }
}

async function codeIn(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
}
