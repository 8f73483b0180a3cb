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
  'adapter-unknown': {
    title: 'Unknown adapter',
    explanation: 'The `type` of a profile names an engine that tsdbt does not have.',
  },
  'alias-ambiguous': {
    title: 'Two resources with one relation',
    explanation:
      'Two models, seeds or snapshots would be built as the same relation. Give one of them another alias or schema.',
  },
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
  'column-type': {
    title: 'Not for a column of this type',
    explanation:
      "A template asks a Column for something that its type does not have, or names a type that can't be read.",
  },
  'compilation': {
    title: 'A macro stopped the compilation',
    explanation:
      "A template called `exceptions.raise_compiler_error` or used a function of dbt's context in a way that it does not allow.",
  },
  'config-call': {
    title: 'Wrong call of config()',
    explanation: '`config()` takes options by name or one dictionary, and no option twice in two spellings.',
  },
  'config-invalid': {
    title: 'Wrong value of a config',
    explanation: 'A configuration has a value of the wrong type or one that is not allowed. The message names the key.',
  },
  'config-unused': {
    title: 'Configuration of nothing',
    explanation: 'A path in dbt_project.yml matches no resource.',
  },
  'constraint-unsupported': {
    title: 'A constraint that has no effect',
    explanation: 'The materialization does not enforce constraints, so they are ignored.',
  },
  'contract': {
    title: 'Contract not kept',
    explanation: 'A model with an enforced contract lacks what the contract needs, or its columns differ from it.',
  },
  'contract-breaking': {
    title: 'A change that breaks a contract',
    explanation:
      'Compared with the manifest of `--state`, a versioned model lacks what its enforced contract promised: a column, a type, a constraint, or the model itself.',
  },
  'credentials-invalid': {
    title: 'Wrong database settings in the profile',
    explanation:
      'An output of profiles.yml has a setting that the engine does not know or that does not fit the others.',
  },
  'data-file-invalid': {
    title: "A data file can't be read",
    explanation:
      'A Parquet, CSV or JSON file that a statement reads is damaged, was cut off or has another format. The engine names the file, and for text the line.',
  },
  'data-file-missing': {
    title: 'No such data file',
    explanation: 'A statement reads files by a name or pattern that no file has.',
  },
  'database-corrupt': {
    title: 'The database file is damaged',
    explanation: 'The file is no database of DuckDB, or parts of it were changed or cut off.',
  },
  'database-error': {
    title: 'The database refused a statement',
    explanation:
      'The engine reported an error; its message is shown as it is, with the line of the model where it can be told.',
  },
  'database-invalidated': {
    title: 'The database takes no more statements',
    explanation:
      'After a fatal error, such as a full disk while it wrote, DuckDB refuses everything until it is opened again.',
  },
  'database-locked': {
    title: 'The database file is in use',
    explanation: 'Another process has the database file open. DuckDB lets one process at a time write to a file.',
  },
  'database-raised': {
    title: 'A macro raised a database error',
    explanation: 'A template called `exceptions.raise_database_error`; the message is its own.',
  },
  'database-too-new': {
    title: 'The database file is of a newer DuckDB',
    explanation: 'It has a storage version that the DuckDB of tsdbt can not read.',
  },
  'database-unreachable': {
    title: 'The database could not be opened',
    explanation: 'The database file or one of the attached databases could not be opened or created.',
  },
  'disk-full': {
    title: 'The disk is full',
    explanation:
      'A file could not be written for want of space: the database, a file of an external model, or what DuckDB spills.',
  },
  'dispatch-failed': {
    title: 'No macro to dispatch to',
    explanation: '`adapter.dispatch` found no implementation in the packages that it searches.',
  },
  'doc-missing': {
    title: 'Unknown docs block',
    explanation: 'A description uses `doc()` with the name of a docs block that no `.md` file has.',
  },
  'docs-unservable': {
    title: "The documentation can't be served",
    explanation: 'The port is taken, or `target/` has no documentation yet: run `tsdbt docs generate` first.',
  },
  'download-failed': {
    title: 'A download failed',
    explanation: 'A server did not answer, or not with what was asked for, also when `deps` tried again.',
  },
  'env-var-missing': {
    title: 'Environment variable not set',
    explanation:
      '`env_var(name)` without a default asks for a variable that the environment does not have. Set it, or give a default: `env_var(name, default)`.',
  },
  'env-var-reserved': {
    title: 'Reserved environment variable',
    explanation: "Names that begin with DBT_ENGINE_ are dbt's own; this one is none of them. Rename it.",
  },
  'env-var-secret': {
    title: 'Secret in the wrong place',
    explanation: 'Variables whose name begins with DBT_ENV_SECRET_ can be used in profiles.yml and packages.yml only.',
  },
  'exposure-dependency': {
    title: 'A dependency of an exposure that is no reference',
    explanation:
      'An entry of `depends_on` is neither `ref()` nor `source()` nor `metric()`. dbt ignores it in silence; tsdbt warns, for the lineage lacks it.',
  },
  'extension-missing': {
    title: 'A DuckDB extension is not there',
    explanation:
      "The project needs an extension of DuckDB that is not installed. tsdbt installs none unless the profile's `extensions` asks for it.",
  },
  'fail-fast': {
    title: 'Stopped at the first failure',
    explanation: 'A macro asked to stop the whole run.',
  },
  'file-access': {
    title: 'A file may not be read or written',
    explanation: 'The system refused it: permissions, or a folder that is mounted for reading only.',
  },
  'file-unreadable': {
    title: "A file can't be read",
    explanation: 'A file of the project is not readable or not in UTF-8.',
  },
  'flag-deprecated': {
    title: 'Old name of a flag',
    explanation: 'A flag, or the place where it is set, has a successor; the old one still works.',
  },
  'flag-invalid': {
    title: 'Invalid value of a flag',
    explanation:
      'An environment variable or an entry of `flags:` in dbt_project.yml has a value that the flag does not take.',
  },
  'flags-conflict': {
    title: 'Flags that exclude each other',
    explanation: 'Two flags were given of which only one can hold.',
  },
  'freshness-config': {
    title: "Freshness that can't be measured",
    explanation:
      'A source has `freshness:` but neither `loaded_at_field` nor `loaded_at_query`, and the engine keeps no times of change.',
  },
  'freshness-result': {
    title: "A source's freshness can't be told",
    explanation:
      'The `loaded_at_field` or `loaded_at_query` of a source gave something else than one timestamp. Cast it to one.',
  },
  'function-config': {
    title: 'A function that lacks configuration',
    explanation: 'A function in Python needs the configs `runtime_version` and `entry_point`.',
  },
  'git-failed': {
    title: 'git could not fetch a package',
    explanation: 'The repository, or the branch, tag or commit, is not there, or git has no access to it.',
  },
  'git-missing': {
    title: 'git is not installed',
    explanation: 'A `git:` package is fetched with the git executable, which is not on the PATH.',
  },
  'git-refused': {
    title: 'Refused to give git an address',
    explanation:
      'The address, revision or subdirectory of a `git:` package is not of a form that can safely be given to git.',
  },
  'graph-cycle': {
    title: 'Nodes depend on each other in a circle',
    explanation:
      'Following `ref` and `source` from a node leads back to it, so there is no order in which to build them. The notes name each step and its file; remove one.',
  },
  'init-refused': {
    title: 'Nothing is set up',
    explanation:
      "`init` was asked for what it can't do: a profile for a project that names its own, or files in a directory that can't be written to.",
  },
  'input-missing': {
    title: 'A question without an answer',
    explanation:
      '`init` asks for a name and a database, and the input had ended: there is no terminal, or the pipe gave fewer lines than there are questions.',
  },
  'internal-error': {
    title: 'A bug of tsdbt',
    explanation:
      'tsdbt came into a state that no input should lead to. Report it with the stack that is printed; a smaller project that shows it helps most.',
  },
  'interrupted': {
    title: 'Interrupted',
    explanation:
      'The command was cancelled, by Ctrl-C or by its caller, before it ended: running statements were stopped, the rest was skipped.',
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
  'macro-duplicate': {
    title: 'Two macros with one name',
    explanation: 'A package has two macros of one name. Rename or remove one of them.',
  },
  'macro-missing': {
    title: 'No such macro',
    explanation: 'A macro is asked for by name, by the adapter or on the command line, that no package defines.',
  },
  'macro-not-implemented': {
    title: 'Macro not implemented for the engine',
    explanation:
      'A macro has no implementation for the engine of the profile: it said so with `exceptions.raise_not_implemented`.',
  },
  'macro-warning': {
    title: "A macro's warning",
    explanation: 'A template called `exceptions.warn`.',
  },
  'materialization-language': {
    title: 'Materialization for another language',
    explanation:
      'A materialization does not take models of this language; it lists those that it takes in `supported_languages`.',
  },
  'materialization-missing': {
    title: 'Unknown materialization',
    explanation: 'The configured materialization is no macro of the project, its packages or the adapter.',
  },
  'materialization-result': {
    title: 'A materialization without its main statement',
    explanation: 'Every materialization has to run a `statement` named `main`: its outcome is the outcome of the node.',
  },
  'materialization-return': {
    title: 'A materialization without relations',
    explanation:
      "A materialization has to end with `return({'relations': [...]})`: what it made is put into the cache of relations.",
  },
  'microbatch-inputs': {
    title: 'A microbatch model that reads everything',
    explanation:
      'None of the inputs of a microbatch model has the config `event_time`, so that each batch reads all of their rows.',
  },
  'model-deprecated': {
    title: 'A deprecated model',
    explanation: 'A model has a `deprecation_date`, or refers to one that has.',
  },
  'node-invalid': {
    title: "A node that can't be built as configured",
    explanation:
      'A group that does not exist, a snapshot without a strategy, a microbatch without a size, a name with spaces.',
  },
  'node-unknown': {
    title: 'No node of that id',
    explanation: 'A program asked for a node by a `unique_id` that the manifest does not have.',
  },
  'npm-missing': {
    title: 'An npm package is not installed',
    explanation: 'An `npm:` package is used from node_modules, where it is not: install it with npm first.',
  },
  'out-of-memory': {
    title: 'Memory is used up',
    explanation: 'A statement needed more memory than DuckDB may take, and could not spill the rest to disk.',
  },
  'package-archive': {
    title: 'An archive that is no package',
    explanation:
      "The .tar.gz of a package can't be read, has not one directory, or would write outside of it; nothing of it was unpacked.",
  },
  'package-conflict': {
    title: 'One package in two ways',
    explanation: 'A package is asked for in two ways that exclude each other, e.g. as a local one and from the hub.',
  },
  'package-depends-on-root': {
    title: 'A package refers to the project',
    explanation: 'A node of a package refers to a node of the root project.',
  },
  'package-duplicate': {
    title: 'Two packages of one name',
    explanation: "Names of packages must be unique in a project, and differ from the project's own.",
  },
  'package-missing': {
    title: 'No such package',
    explanation: 'The hub has no package of that name.',
  },
  'package-unsupported': {
    title: "Kind of package that can't be installed",
    explanation: '`private` packages are fetched by dbt in its cloud only. Give the repository as `git:`.',
  },
  'package-version': {
    title: 'No version that suits all',
    explanation:
      "No version of a package is in all of the ranges that the project and its packages ask for, or a version can't be read.",
  },
  'packages-install-path': {
    title: 'Dangerous packages-install-path',
    explanation: '`deps` replaces what is in the packages-install-path; it must not hold the project itself.',
  },
  'packages-invalid': {
    title: 'Invalid packages.yml',
    explanation: 'packages.yml or dependencies.yml does not have the form that dbt expects.',
  },
  'packages-missing': {
    title: 'Packages not installed',
    explanation: 'packages.yml names more packages than are installed. Run `tsdbt deps`.',
  },
  'packages-unwritable': {
    title: "Packages can't be written",
    explanation: "package-lock.yml, packages.yml or the packages-install-path can't be written.",
  },
  'pointer-collision': {
    title: 'A latest-version pointer with the name of the version',
    explanation: "The config `latest_version_pointer` asks for a view that would have the latest version's own name.",
  },
  'profile-invalid': {
    title: 'Invalid profile',
    explanation: 'profiles.yml, the profile or the chosen target does not have the form that dbt expects.',
  },
  'profile-missing': {
    title: 'Profile not found',
    explanation:
      'The profile that the project or `--profile` names is not in profiles.yml, or there is no profiles.yml.',
  },
  'profile-target-missing': {
    title: 'Target not found',
    explanation: 'The profile has no output of that name.',
  },
  'project-deprecated': {
    title: 'Deprecated project setting',
    explanation: 'A key of dbt_project.yml still works but has a successor or is no longer needed.',
  },
  'project-invalid': {
    title: 'Invalid dbt_project.yml',
    explanation: 'A value in dbt_project.yml is missing, has the wrong type or a form that dbt does not allow.',
  },
  'project-key-unknown': {
    title: 'Unknown key in dbt_project.yml',
    explanation: 'dbt_project.yml has a key at its top level that dbt does not know.',
  },
  'project-missing': {
    title: 'Not a dbt project',
    explanation: 'There is no dbt_project.yml in the directory. Give it with `--project-dir`.',
  },
  'project-version': {
    title: 'Project asks for another version of dbt',
    explanation: '`require-dbt-version` of the project or package excludes the dbt version that tsdbt presents.',
  },
  'properties-deprecated': {
    title: 'A deprecated form in a properties file',
    explanation:
      'dbt warns about the form and will refuse it in a later version; the message says what to write instead.',
  },
  'properties-invalid': {
    title: 'A properties file that is not valid',
    explanation:
      'A `.yml` file below the resource paths has a key of the wrong type, an entry without a name, or a description of something twice.',
  },
  'properties-macro-argument': {
    title: 'An argument that the macro does not have like that',
    explanation:
      'With the flag `validate_macro_args` the arguments of a macro in a properties file are compared with its definition: their number, names and types.',
  },
  'properties-no-effect': {
    title: 'A property that has no effect where it stands',
    explanation: 'dbt reads the property and overwrites it in silence; the hint says where it works.',
  },
  'properties-no-node': {
    title: 'A description of nothing',
    explanation: 'A properties file describes a node that does not exist. Often the name is misspelt.',
  },
  'properties-unknown-key': {
    title: 'A property that no resource of its kind has',
    explanation:
      'A key of a properties file is none of dbt’s but looks like one, or belongs to another kind of resource. Nothing reads it.',
  },
  'properties-wrong-kind': {
    title: 'A description below the wrong key',
    explanation: 'A properties file describes e.g. a seed below `models:`. The entry is ignored.',
  },
  'python-model': {
    title: 'A model in Python',
    explanation: "tsdbt reads a Python model's refs and config, but it can't run Python.",
  },
  'python-unsupported': {
    title: 'Python models are not run',
    explanation: 'tsdbt has no Python: models have to be SQL.',
  },
  'ref-access': {
    title: 'Reference to a private model',
    explanation: 'A model is `access: private`, so only nodes of its group may refer to it.',
  },
  'ref-ambiguous': {
    title: 'Reference to a name that several packages have',
    explanation: 'Give the package as the first argument of `ref`.',
  },
  'ref-arguments': {
    title: 'Wrong call of ref()',
    explanation: '`ref()` takes a model, or a package and a model, and optionally a version.',
  },
  'ref-missing': {
    title: 'Reference to a node that does not exist',
    explanation: '`ref` names a model, seed or snapshot that is not in the project, or that is disabled.',
  },
  'ref-undeclared': {
    title: 'Reference that parsing did not see',
    explanation:
      'A `ref` is reached only when the node runs, e.g. inside `{% if execute %}`. Declare it with a comment `-- depends_on: {{ ref(...) }}`, so that the node waits for it.',
  },
  'relation-ambiguous': {
    title: 'Two relations whose names differ in letter case only',
    explanation: 'A relation was looked up under a name that is there in other letter case.',
  },
  'relation-invalid': {
    title: 'Not a relation',
    explanation: 'A template makes a relation of parts that are not text, or of a type that there is not.',
  },
  'resource-duplicate': {
    title: 'Two resources with one name',
    explanation: 'Two resources of a kind have the same name in one package. Rename or remove one of them.',
  },
  'retry-impossible': {
    title: 'Nothing to retry',
    explanation:
      'The target directory has no results of a command that can be retried. Run the command itself, or name the directory of its run_results.json with `--state`.',
  },
  'seed-invalid': {
    title: 'A seed file that is no table',
    explanation: 'A CSV file of a seed can not be read as a table: a row has too many values, a quote is not closed.',
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
  'selectors-invalid': {
    title: 'Invalid selectors.yml',
    explanation: 'selectors.yml does not have the form that dbt expects.',
  },
  'source-arguments': {
    title: 'Wrong call of source()',
    explanation: '`source()` takes the name of a source and the name of one of its tables.',
  },
  'source-missing': {
    title: 'Reference to a source that does not exist',
    explanation: '`source` names a table that no properties file declares, or that is disabled.',
  },
  'state-missing': {
    title: 'Nothing to compare with',
    explanation:
      'A `state:`, `result:` or `source_status:` selector needs the artifacts of an earlier run: give their directory with `--state`.',
  },
  'table-invalid': {
    title: "Not possible on a query's result",
    explanation: 'A template asks the table of a query for a column or an operation that it does not have.',
  },
  'test-invalid': {
    title: "A test that can't be read",
    explanation:
      'An entry below `data_tests:` is neither a name nor a name with arguments, or its arguments are wrong.',
  },
  'test-result': {
    title: 'A test with a result that is no verdict',
    explanation:
      'A test has to give a whole number of failures and two booleans; see `fail_calc`, `warn_if` and `error_if`.',
  },
  'test-unknown': {
    title: 'Unknown generic test',
    explanation: 'An entry below `data_tests:` names a test that neither the project nor its packages define.',
  },
  'typescript-export': {
    title: 'A TypeScript file without one model',
    explanation:
      'A TypeScript model is one function, exported as `model` or by default and written in the file itself. A file of `model-paths` that exports neither is a helper, which models import.',
  },
  'typescript-failed': {
    title: 'A TypeScript model threw',
    explanation:
      'The function of a TypeScript model, or a module that it imports, threw an error. The place is that of the user’s code.',
  },
  'typescript-import': {
    title: 'An import of a TypeScript model that leads nowhere',
    explanation: 'A TypeScript model or one of its helpers imports a file that does not exist, by a relative path.',
  },
  'typescript-result': {
    title: 'Not what a TypeScript model may return',
    explanation:
      'A TypeScript model returns a query (a string), rows, or `{ parquet }`. Views and ephemeral models have to be a query.',
  },
  'typescript-rows': {
    title: 'Rows of a TypeScript model that make no table',
    explanation:
      'A row has another key or a value of another type than the rows before it, or there is no row to tell the columns from. `data_type` in the properties settles a column’s type.',
  },
  'typescript-static': {
    title: 'ref(), source() or config() of a TypeScript model with something that is no literal',
    explanation:
      'References and configuration of a TypeScript model are found without running it: `ref`, `source` and `config` are called by name in the model’s function, with literals.',
  },
  'typescript-syntax': {
    title: 'Wrong syntax in TypeScript',
    explanation:
      'A TypeScript file can’t be read, or has something that is more than types: enums, namespaces and parameter properties need a compiler, types alone are taken out.',
  },
  'typescript-unsupported': {
    title: 'TypeScript models are not run here',
    explanation: 'The adapter has no way to take rows from, and give rows to, models in TypeScript.',
  },
  'unit-test-failed': {
    title: 'A unit test that could not be run',
    explanation:
      'The rows of the unit test could not be compared with what the model gives: a value does not fit the type of its column, or a column does not exist.',
  },
  'unit-test-input': {
    title: 'Input of a unit test that is none',
    explanation:
      'An `input` of a unit test is neither `ref(…)`, `source(…)` nor `this`, or it names something that the project does not have.',
  },
  'value-refused': {
    title: 'A value that is not allowed here',
    explanation:
      "A function of dbt's context got a value that it does not take: a validator refused it, or it is none of the allowed words.",
  },
  'var-missing': {
    title: 'Required variable not found',
    explanation: '`var(name)` without a default asks for a variable that neither `--vars` nor dbt_project.yml has.',
  },
  'vars-invalid': {
    title: 'Invalid variables',
    explanation:
      "`--vars` takes a YAML dictionary, e.g. `--vars '{start: 2024-01-01}'`, and so does the key `vars` of vars.yml. Variables stand in vars.yml or in dbt_project.yml, not in both.",
  },
  'warning-as-error': {
    title: 'A warning counts as an error',
    explanation: '`--warn-error` or `--warn-error-options` make an error of a warning that occurred.',
  },
  'yaml-duplicate-key': {
    title: 'Duplicate key in YAML',
    explanation: 'A mapping has a key twice; the last value holds. Remove one of them.',
  },
  'yaml-syntax': {
    title: 'YAML syntax error',
    explanation: 'A YAML file is not well-formed.',
  },
} as const satisfies Record<string, CodeEntry>;

/** A code of the catalogue. */
export type DiagnosticCode = keyof typeof CODES;
