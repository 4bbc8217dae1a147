/**
 * How a change event names fields: one bit for each field of the schema, the first field lowest, in upper-case
 * hexadecimal. No field at all is no text at all.
 */
export function bitmapOf(positions: readonly number[]): readonly string[] {
  if (positions.length === 0) return [];
  const bits = positions.reduce((sum, position) => sum | (1n << BigInt(position)), 0n);
  return [`0x${bits.toString(16).toUpperCase()}`];
}

/** Back to positions, lowest first. */
export function positionsOf(bitmaps: readonly string[]): readonly number[] {
  return bitmaps.flatMap((text) => {
    const positions: number[] = [];
    let bits = BigInt(text);
    for (let position = 0; bits > 0n; position += 1, bits >>= 1n) {
      if ((bits & 1n) === 1n) positions.push(position);
    }
    return positions;
  });
}
