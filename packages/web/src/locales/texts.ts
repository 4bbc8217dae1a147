/** A language with the same keys as English, but without the singular forms, which Chinese does not have. */
export type Texts<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : Texts<T[K]>;
};
