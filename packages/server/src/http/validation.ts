import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { safeParse } from 'zod/v4/core';
import { type FieldError, invalidInput } from './refusal.ts';

/** A request with fifty bad rows needs no fifty lines to be mended. */
const FIELD_ERRORS_MAX = 20;

type Part = 'body' | 'querystring' | 'params' | 'headers';

/** Checks one part of a request against its contract; every bad field is named, in plain words. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = partName(httpPart as Part);
  return (data) => {
    const result = safeParse(schema, data, { error: (issue) => plainWords(issue) });
    if (result.success) return { value: result.data };
    const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, part));
    return { error: invalidInput(errors.slice(0, FIELD_ERRORS_MAX)) };
  };
};

function partName(part: Part): string {
  return part === 'querystring' ? 'query' : part;
}

type Issue = z.core.$ZodIssue;

/** `campaign.day`, `ids.3`; the part's own name when the whole of it is wrong. */
function fieldErrors(issue: Issue, part: string): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join('.'),
      message: 'is not a field of this request',
    }));
  }
  const field = issue.path.length === 0 ? part : issue.path.join('.');
  return [{ field, message: issue.message }];
}

/** Texts a contract gives itself win over these. */
export function plainWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${nounOf(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_big':
      return issue.origin === 'string'
        ? `must have at most ${issue.maximum} characters`
        : issue.origin === 'array'
          ? `must have at most ${issue.maximum} entries`
          : `must be at most ${issue.maximum}`;
    case 'too_small':
      return issue.origin === 'string'
        ? `must have at least ${issue.minimum} characters`
        : issue.origin === 'array'
          ? `must have at least ${issue.minimum} entries`
          : `must be at least ${issue.minimum}`;
    case 'invalid_format':
      return `is not a valid ${issue.format}`;
    default:
      return 'is not valid';
  }
}

function nounOf(type: string): string {
  const nouns: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    record: 'an object',
  };
  return nouns[type] ?? `of type ${type}`;
}
