export type Environment = Readonly<Record<string, string | undefined>>;

/** Ends with one sentence for a person; `variable` names the culprit. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly code = 'bad_configuration';
  readonly variable: string;

  constructor(variable: string, sentence: string) {
    super(sentence);
    this.variable = variable;
  }
}

export const SECRET_KEY_LENGTH_MIN = 32;
