import { z } from 'zod';

/** NUL is the one character that PostgreSQL's text cannot hold, and half a surrogate pair is no character. */
const UNSTORABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: named above
  /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** A text that can be kept exactly as given. */
export const storable = z
  .string()
  .refine((text) => !UNSTORABLE.test(text), 'holds a character that cannot be stored');

/** A user's, session's or token's: letters, digits, `-` and `_`, whoever made it. */
export const textId = z.string().regex(/^[\w-]{1,200}$/, 'is not an id');
