/** What a code of the catalogue stands for; `docs/errors.md` is generated from it. */
export interface CodeEntry {
  /** A few words, as a heading. */
  readonly title: string;
  /** When it occurs and what to do about it, in a sentence or two. */
  readonly explanation: string;
}

/**
 * The catalogue of everything that tsdbt reports to a user, sorted by code. Each code has a case in the suite; a new
 * one is added here and nowhere else.
 */
export const CODES = {
  'jinja-filter-unknown': {
    title: 'Unknown filter or test',
    explanation: 'A template uses a filter (`| name`) or a test (`is name`) that does not exist.',
  },
  'jinja-runtime': {
    title: 'A template failed',
    explanation:
      'An operation in a template failed as it does in Python: wrong types, a missing key, a wrong argument.',
  },
  'jinja-syntax': {
    title: 'Jinja syntax error',
    explanation: 'A template is not well-formed: a block is not closed, an expression is incomplete, a tag is unknown.',
  },
  'jinja-undefined': {
    title: 'Undefined name',
    explanation: 'A template uses a variable, macro or attribute that is not defined where the template runs.',
  },
  'jinja-unsupported': {
    title: 'Jinja feature that dbt projects do not have',
    explanation:
      '`include`, `import` and `extends` load other templates; dbt has no template loader, so they cannot work.',
  },
} as const satisfies Record<string, CodeEntry>;

/** A code of the catalogue. */
export type DiagnosticCode = keyof typeof CODES;
