type Labels = Map<string, Map<string, string>>;

/** By worker. */
const labels = new Map<string, Labels>();

/** `A transact`, `A transact reply`: put together once, because each world says the same few thousands of times. */
export function labelOf(worker: string, what: string, ending = ''): string {
  const ofWorker = known(labels, worker, () => new Map<string, Map<string, string>>());
  const ofCall = known(ofWorker, what, () => new Map<string, string>());
  return known(ofCall, ending, () => `${worker} ${what}${ending === '' ? '' : ` ${ending}`}`);
}

function known<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
