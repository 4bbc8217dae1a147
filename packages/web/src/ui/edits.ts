/** What a person changed in a form: only that, so that the rest follows what others save. Lists are whole. */
export type Edits<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[] | string | number | boolean | null
    ? T[K]
    : Edits<T[K]>;
};

type Fields = Readonly<Record<string, unknown>>;

export function layOver<T extends object>(base: T, edits: Edits<T>): T {
  return over(base as Fields, edits as Fields) as T;
}

/** What was changed after `sent` had gone: the server has not heard of it. */
export function editsSince<T>(sent: Edits<T>, now: Edits<T>): Edits<T> {
  return since(sent as Fields, now as Fields) as Edits<T>;
}

function over(base: Fields, edits: Fields): Fields {
  const changed = Object.entries(edits).map(([key, edit]) => {
    const before = base[key];
    return [key, isFields(edit) ? over(isFields(before) ? before : {}, edit) : edit];
  });
  return { ...base, ...Object.fromEntries(changed) };
}

function since(sent: Fields, now: Fields): Fields {
  const later = Object.entries(now).flatMap(([key, edit]) => {
    const gone = sent[key];
    if (edit === gone) return [];
    return [[key, isFields(edit) && isFields(gone) ? since(gone, edit) : edit]];
  });
  return Object.fromEntries(later);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
