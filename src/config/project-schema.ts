import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError, DbtErrors } from '../diagnostics/errors.js';
import { dictEntries, dictGet, dictHas, isDict, isFloat, isInt, pyRepr, pyStr } from '../jinja/values.js';
import type { YamlDict } from './yaml/mapping.js';
import type { YamlDocument } from './yaml.js';

/** What a key takes: whether a value is right, and in words what would be. */
interface Form {
  readonly accepts: (value: unknown) => boolean;
  readonly words: string;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const orNull = (accepts: Form['accepts']) => (value: unknown) => value === null || accepts(value);
const fields = (value: unknown, known: { readonly [key: string]: Form['accepts'] }): boolean =>
  isDict(value) && [...dictEntries(value)].every(([key, item]) => known[pyStr(key)]?.(item) ?? false);

const isBool = (value: unknown): boolean => typeof value === 'boolean';
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?)?\n?$/;
/** Python's `^[^\d\W]\w*$`, whose `$` lets one line break pass. */
const NAME = /^(?!\p{Nd})[\p{L}\p{N}_]+\n?$/u;

const TEXT: Form = { accepts: orNull(isText), words: 'text' };
const PATHS: Form = { accepts: orNull(isTexts), words: "a list of paths, e.g. ['models']" };
const HOOKS: Form = { accepts: orNull(isTexts), words: 'SQL text or a list of SQL texts' };
const TREE: Form = { accepts: isDict, words: 'a mapping' };
const QUOTING = Object.fromEntries(
  ['schema', 'database', 'project', 'identifier', 'snowflake_ignore_case'].map((key) => [key, orNull(isBool)]),
);

/** The keys of dbt_project.yml in dbt's order, and what they take. */
const FORMS: { readonly [key: string]: Form } = {
  name: {
    accepts: (value) => typeof value === 'string' && NAME.test(value),
    words: 'a name of letters, digits and underscores that does not begin with a digit',
  },
  'config-version': { accepts: orNull((value) => isInt(value)), words: 'the number 2' },
  version: {
    accepts: orNull((value) => (typeof value === 'string' ? SEMVER.test(value) : isFloat(value))),
    words: "a version in quotes, e.g. '1.0.0'",
  },
  'project-root': TEXT,
  'source-paths': PATHS,
  'model-paths': PATHS,
  'macro-paths': PATHS,
  'data-paths': PATHS,
  'seed-paths': PATHS,
  'test-paths': PATHS,
  'analysis-paths': PATHS,
  'docs-paths': PATHS,
  'asset-paths': PATHS,
  'function-paths': PATHS,
  'target-path': TEXT,
  'snapshot-paths': PATHS,
  'clean-targets': PATHS,
  profile: TEXT,
  'log-path': TEXT,
  'packages-install-path': TEXT,
  quoting: {
    accepts: orNull((value) => fields(value, QUOTING)),
    words: 'a mapping of database, schema and identifier to true or false',
  },
  'on-run-start': HOOKS,
  'on-run-end': HOOKS,
  'require-dbt-version': {
    accepts: orNull((value) => isText(value) || isTexts(value)),
    words: "a version range in quotes or a list of them, e.g. ['>=1.0.0', '<2.0.0']",
  },
  dispatch: {
    accepts: (value) => Array.isArray(value) && value.every(isDict),
    words: 'a list of mappings with macro_namespace and search_order',
  },
  models: TREE,
  seeds: TREE,
  snapshots: TREE,
  analyses: TREE,
  sources: TREE,
  tests: TREE,
  data_tests: TREE,
  unit_tests: TREE,
  metrics: TREE,
  'semantic-models': TREE,
  'saved-queries': TREE,
  exposures: TREE,
  functions: TREE,
  vars: { accepts: orNull(isDict), words: 'a mapping of names to values' },
  packages: { accepts: (value) => Array.isArray(value) && value.every(isDict), words: 'a list of mappings' },
  'query-comment': {
    accepts: orNull(
      (value) =>
        isText(value) || fields(value, { comment: isText, append: isBool, 'job-label': isBool, job_label: isBool }),
    ),
    words: 'text or a mapping of comment, append and job-label',
  },
  'restrict-access': { accepts: isBool, words: 'true or false' },
  'dbt-cloud': { accepts: isDict, words: 'a mapping' },
  flags: TREE,
};

/** Names that a project can't have: what Jinja already has under them. */
const RESERVED = new Set(
  `_sql_results adapter api column config context database env env_var exceptions execute flags fromjson fromyaml graph
   invocation_id load_agate_table load_result log model modules post_hooks pre_hooks ref render return run_started_at
   schema source sql sql_now store_result store_raw_result target this tojson toyaml try_or_compiler_error var write`.split(
    /\s+/,
  ),
);

/**
 * Checks a rendered dbt_project.yml. Throws `project-invalid` or `project-key-unknown`, or all of them together; each
 * has the place of its key or value.
 */
export function validateProject(dict: YamlDict, document: YamlDocument): void {
  const errors: DbtError[] = [];
  const fail = (code: 'project-invalid' | 'project-key-unknown', path: string[], message: string, hint?: string) => {
    // `tests` is read as `data_tests`.
    const written = path[0] === 'data_tests' && isDict(document.value) && !dictHas(document.value, 'data_tests');
    const span = document.span(written ? ['tests'] : path, code === 'project-invalid' ? 'value' : 'key');
    errors.push(new DbtError(code, message, { span, sourceText: document.text, ...(hint ? { hint } : {}) }));
  };

  if (!dictHas(dict, 'name')) {
    const span = { file: document.file, line: 1, column: 1 };
    throw new DbtError('project-invalid', 'Required "name" field not present in project', {
      span,
      sourceText: document.text,
      hint: "Add a line 'name: my_project'.",
    });
  }
  for (const [key, value] of dictEntries(dict)) {
    const name = pyStr(key);
    const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
    if (!form || typeof key !== 'string') {
      const hint = didYouMean(name.replaceAll('_', '-'), Object.keys(FORMS)) ?? didYouMean(name, Object.keys(FORMS));
      fail(
        'project-key-unknown',
        [name],
        `Additional properties are not allowed (${pyRepr(key)} was unexpected)`,
        hint ?? 'Values of your own belong under vars:, settings of models under models:.',
      );
    } else if (!form.accepts(value)) {
      fail(
        'project-invalid',
        [name],
        `at path ['${name}']: ${pyRepr(value)} is not ${form.words}`,
        nameHint(name, value) ?? `It takes ${form.words}.`,
      );
    }
  }
  if (errors.length === 0) validateMore(dict, fail);
  if (errors.length > 1) throw new DbtErrors(errors);
  if (errors[0]) throw errors[0];
}

type Fail = (code: 'project-invalid', path: string[], message: string, hint?: string) => void;

function validateMore(dict: YamlDict, fail: Fail): void {
  const name = dictGet(dict, 'name');
  if (typeof name === 'string' && RESERVED.has(name)) {
    fail('project-invalid', ['name'], `Invalid project name: ${name} is a reserved word`, 'Choose another name.');
  }
  const dispatch = dictGet(dict, 'dispatch');
  for (const entry of Array.isArray(dispatch) ? dispatch : []) {
    if (!isDict(entry) || !dictHas(entry, 'macro_namespace') || !Array.isArray(dictGet(entry, 'search_order'))) {
      fail(
        'project-invalid',
        ['dispatch'],
        `Invalid project dispatch config: ${pyRepr(entry)}`,
        'An entry has a macro_namespace and a search_order, a list of package names.',
      );
    }
  }
  const [tests, dataTests] = [dictGet(dict, 'tests'), dictGet(dict, 'data_tests')];
  if (
    isDict(tests) &&
    isDict(dataTests) &&
    [...dictEntries(tests)].length > 0 &&
    [...dictEntries(dataTests)].length > 0
  ) {
    const message = "Invalid project config: cannot have both 'tests' and 'data_tests' defined";
    fail('project-invalid', ['tests'], message, "Move what is under 'tests' to 'data_tests'.");
  }
}

function nameHint(key: string, value: unknown): string | undefined {
  if (key === 'version' && isInt(value)) return `Put it in quotes, with two or three parts: '${pyStr(value)}.0'.`;
  if (key !== 'name' || typeof value !== 'string') return undefined;
  const better = value.replace(/[^\p{L}\p{N}_]+/gu, '_').replace(/^(?=\p{Nd})/u, '_');
  return `Call it '${better}'.`;
}
