/** 15 or 18 letters and digits; the last three of 18 are a checksum over the case of the first 15. */
const ID_SHAPE = /^[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?$/;
const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** Digits before capitals before small letters: later ids compare greater, byte by byte. */
const SERIAL = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The 18-character form, or null when the text is not an id. A wrong checksum is not an id. */
export function toId18(text: string): string | null {
  if (!ID_SHAPE.test(text)) return null;
  const head = text.slice(0, 15);
  const id = head + checksum(head);
  return text.length === 15 || text === id ? id : null;
}

/** The nth id of an object: prefix, a pod letter pair as real ids have, and a base-62 serial. */
export function makeId(prefix: string, serial: number): string {
  let digits = '';
  let rest = serial;
  while (rest > 0) {
    digits = SERIAL.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  const head = `${prefix}bm${digits.padStart(10, '0')}`;
  return head + checksum(head);
}

function checksum(head: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block += 1) {
    let bits = 0;
    for (let i = 0; i < 5; i += 1) {
      const letter = head.charAt(block * 5 + i);
      if (letter >= 'A' && letter <= 'Z') bits |= 1 << i;
    }
    suffix += CHECK.charAt(bits);
  }
  return suffix;
}
