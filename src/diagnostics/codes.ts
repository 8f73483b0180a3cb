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
  'artifact-unreadable': {
    title: "An artifact can't be read",
    explanation:
      'A manifest.json, run_results.json or catalog.json is missing, is not JSON, or has a schema version that tsdbt does not read.',
  },
  'artifact-unwritable': {
    title: "An artifact can't be written",
    explanation:
      'A file of the target directory could not be written: permissions, a full disk, or a file where a directory should be.',
  },
  'clean-refused': {
    title: 'A directory is not cleaned',
    explanation:
      '`clean-targets` names a source path of the project or a directory outside of it; `clean` deletes neither.',
  },
  'cli-unsupported': {
    title: 'dbt has it, tsdbt does not',
    explanation:
      'A command or option of dbt that tsdbt knows by name and does not support. It is refused rather than ignored.',
  },
  'cli-usage': {
    title: 'Wrong command line',
    explanation:
      'An unknown command or option, a missing or a bad value. `tsdbt <command> --help` lists what there is.',
  },
  'docs-unservable': {
    title: "The documentation can't be served",
    explanation: 'The port is taken, or `target/` has no documentation yet: run `tsdbt docs generate` first.',
  },
  'graph-cycle': {
    title: 'Nodes depend on each other in a circle',
    explanation:
      'Following `ref` and `source` from a node leads back to it, so there is no order in which to build them. The notes name each step and its file; remove one.',
  },
  interrupted: {
    title: 'Interrupted',
    explanation: 'The command was cancelled, by Ctrl-C or by its caller, before it ended.',
  },
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
  'log-unwritable': {
    title: "The log file can't be written",
    explanation:
      'The log directory could not be created or `dbt.log` not be opened; `--log-path` chooses another place, `--log-level-file none` writes none.',
  },
  'selector-definition': {
    title: 'Malformed selector in selectors.yml',
    explanation:
      'A definition in selectors.yml is not text, a `method`/`value` dictionary, a `union` or an `intersection`, or uses a selector that is not defined above it.',
  },
  'selector-invalid': {
    title: 'Invalid selector',
    explanation:
      'A criterion of `--select`, `--exclude` or selectors.yml cannot be read, or its method does not take that value.',
  },
  'selector-method-unknown': {
    title: 'Unknown selector method',
    explanation: "What stands before the colon of a criterion is not one of dbt's selector methods.",
  },
  'selector-unknown': {
    title: 'Unknown selector',
    explanation: '`--selector` names a selector that selectors.yml does not define.',
  },
  'state-missing': {
    title: 'Nothing to compare with',
    explanation:
      'A `state:`, `result:` or `source_status:` selector needs the artifacts of an earlier run: give their directory with `--state`.',
  },
  'warning-as-error': {
    title: 'A warning counts as an error',
    explanation: '`--warn-error` or `--warn-error-options` make an error of a warning that occurred.',
  },
} as const satisfies Record<string, CodeEntry>;

/** A code of the catalogue. */
export type DiagnosticCode = keyof typeof CODES;
