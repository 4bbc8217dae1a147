import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Identity, selfSigned } from './self-signed.ts';

/** For clients: the certificate they may trust. */
export const CERTIFICATE_FILE = 'events-ca.pem';
const KEY_FILE = 'events-key.pem';

/** Made once and kept in the org's folder, so that whoever trusts it goes on doing so; null: for this run only. */
export function keptIdentity(folder: string | null, now: number): Identity {
  if (folder === null) return selfSigned(now);
  const paths = { key: join(folder, KEY_FILE), certificate: join(folder, CERTIFICATE_FILE) };
  if (existsSync(paths.key) && existsSync(paths.certificate)) {
    return {
      key: readFileSync(paths.key, 'utf8'),
      certificate: readFileSync(paths.certificate, 'utf8'),
    };
  }
  const made = selfSigned(now);
  mkdirSync(folder, { recursive: true });
  writeFileSync(paths.key, made.key, { mode: 0o600 });
  writeFileSync(paths.certificate, made.certificate);
  return made;
}
