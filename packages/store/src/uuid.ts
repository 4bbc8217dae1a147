const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id that cannot be one of ours names nothing, and is never sent to the database to fail there. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Only what can be an id, each once and in one spelling. */
export function uuidsOf(ids: readonly string[]): string[] {
  return [...new Set(ids.filter(isUuid).map((id) => id.toLowerCase()))];
}
