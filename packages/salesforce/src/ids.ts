import type { SalesforceId } from '@tandem/engine';

/** The alphabet of the three checksum characters: five bits each, one bit per upper-case letter. */
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const GROUP = 5;

/** The 18-character form of an id, whichever form came in; null for anything that is no id. */
export function salesforceId(value: unknown): SalesforceId | null {
  if (typeof value !== 'string' || !/^[A-Za-z0-9]+$/.test(value)) return null;
  if (value.length === 18) return value;
  return value.length === 15 ? value + checksumOf(value) : null;
}

function checksumOf(id: string): string {
  let checksum = '';
  for (let start = 0; start < id.length; start += GROUP) {
    let bits = 0;
    for (let i = 0; i < GROUP; i += 1) {
      if (/[A-Z]/.test(id.charAt(start + i))) bits |= 1 << i;
    }
    checksum += CHECKSUM.charAt(bits);
  }
  return checksum;
}
