/** How the value of an option is read. `yaml` stays text here: config reads it. */
export type OptionKind = 'flag' | 'text' | 'integer' | 'choice' | 'list' | 'yaml';

/** One option of dbt's command line. */
export interface OptionSpec {
  /** The name of the value, as in `Flags` where it is there. */
  readonly key: string;
  readonly long: string;
  readonly short?: string;
  /** Other long or short spellings. */
  readonly aliases?: readonly string[];
  readonly kind: OptionKind;
  /** `--no-…` exists. */
  readonly negatable?: boolean;
  readonly choices?: readonly string[];
  readonly value?: string;
  readonly help: string;
  readonly hidden?: boolean;
  /** An option without a value that stands for this one with a value: `--no-sample` for `--sample-rows 0`. */
  readonly shorthand?: readonly [name: string, value: string];
  /** Accepted without effect. */
  readonly ignored?: boolean;
  /** Refused by name, with this reason. */
  readonly unsupported?: string;
}

const RESOURCE_TYPES = [
  'metric',
  'semantic_model',
  'saved_query',
  'source',
  'analysis',
  'function',
  'model',
  'test',
  'unit_test',
  'exposure',
  'snapshot',
  'seed',
  'default',
  'all',
];

const LOG_FORMATS = ['text', 'debug', 'json', 'default'];
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'none'];

const flag = (key: string, help: string, more: Partial<OptionSpec> = {}): OptionSpec => ({
  key,
  long: `--${key.replaceAll('_', '-')}`,
  kind: 'flag',
  help,
  ...more,
});
const negatable = (key: string, help: string, more: Partial<OptionSpec> = {}): OptionSpec =>
  flag(key, help, { negatable: true, ...more });
const text = (key: string, value: string, help: string, more: Partial<OptionSpec> = {}): OptionSpec =>
  flag(key, help, { kind: 'text', value, ...more });

/** Options of every command, accepted before and after it. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  text('target', 'name', 'The target of the profile to use.', { short: '-t' }),
  text('profile', 'name', 'The profile to use in place of the one of dbt_project.yml.'),
  negatable('fail_fast', 'Stop at the first failure.', { short: '-x' }),
  negatable('quiet', 'Say nothing but errors and what print() prints.', { short: '-q' }),
  negatable('debug', 'Say everything, SQL included.', { short: '-d' }),
  text('log_level', 'level', 'The least level for the console.', { kind: 'choice', choices: LOG_LEVELS }),
  text('log_level_file', 'level', 'The least level for the log file.', { kind: 'choice', choices: LOG_LEVELS }),
  text('log_format', 'format', 'The form of console lines; json is one object a line.', {
    kind: 'choice',
    choices: LOG_FORMATS,
  }),
  text('log_format_file', 'format', 'The form of lines of the log file.', { kind: 'choice', choices: LOG_FORMATS }),
  text('log_path', 'dir', 'The directory of dbt.log.'),
  text('log_file_max_bytes', 'bytes', 'Roll dbt.log over at this size; 0 is never.', { kind: 'integer' }),
  negatable('use_colors', 'Colours on the console; without it as the terminal and NO_COLOR say.'),
  text('printer_width', 'columns', 'The width of result lines.', { kind: 'integer' }),
  text('sample_rows', 'n', 'How many rows of a failed test are shown; 5 without it. (--sample is a window of time.)', {
    kind: 'integer',
    shorthand: ['--no-sample', '0'],
  }),
  text('junit', 'file', 'Write what was run as a report in the XML of JUnit, for CI.'),
  negatable(
    'github_annotations',
    'Annotate failures for GitHub, on standard error; without it as GITHUB_ACTIONS says.',
  ),
  negatable('print', 'Print what print() in macros says.'),
  flag('warn_error', 'Warnings are errors.'),
  text(
    'warn_error_options',
    'yaml',
    'Which warnings are errors: {error: all | [names], warn: [names], silence: [names]}.',
    {
      kind: 'yaml',
    },
  ),
  negatable('show_all_deprecations', 'Show each deprecation, not only the first of a kind.'),
  text('indirect_selection', 'mode', 'Which tests come along with selected nodes.', {
    kind: 'choice',
    choices: ['eager', 'cautious', 'buildable', 'empty'],
  }),
  negatable('version_check', 'Hold to require-dbt-version.'),
  negatable('write_json', 'Write the artifacts.'),
  negatable('populate_cache', 'Read what relations exist before the run.'),
  negatable('cache_selected_only', 'Read only the schemas of selected nodes.'),
  negatable('partial_parse', 'Reuse what was parsed before.'),
  text('state', 'dir', 'Artifacts to compare with.'),
  negatable('defer', 'Take what is not built here from where --state has it.'),
  text('defer_state', 'dir', 'Artifacts to defer to; without it --state.'),
  negatable('favor_state', 'Defer what is not selected even when it is built here.'),
  text('lock_timeout', 'seconds', 'Wait so long for a database file that another process has open; without it 0.', {
    kind: 'integer',
  }),
  text('record_timing_info', 'path', 'Write a profile.', {
    short: '-r',
    unsupported: 'run `node --cpu-prof` with the tsdbt binary instead',
    hidden: true,
  }),
  negatable('send_anonymous_usage_stats', 'tsdbt never sends any.', { ignored: true, hidden: true }),
  negatable('static_parser', 'No effect: there is one parser.', { ignored: true, hidden: true }),
  negatable('use_experimental_parser', 'No effect: there is one parser.', { ignored: true, hidden: true }),
  negatable('use_colors_file', 'No effect: the log file has no colours.', { ignored: true, hidden: true }),
  negatable('log_cache_events', 'No effect.', { ignored: true, hidden: true }),
  negatable('macro_debugging', 'No effect.', { ignored: true, hidden: true }),
  negatable('single_threaded', 'No effect; see --threads.', { ignored: true, hidden: true }),
  negatable('use_fast_test_edges', 'No effect.', { ignored: true, hidden: true }),
  negatable('show_resource_report', 'No effect.', { ignored: true, hidden: true }),
  negatable('partial_parse_file_diff', 'No effect: files are always compared.', { ignored: true, hidden: true }),
  text('partial_parse_file_path', 'path', 'Read what was parsed before from this file.', { hidden: true }),
  negatable('upload_to_artifacts_ingest_api', 'tsdbt uploads nothing.', { ignored: true, hidden: true }),
];

const SELECT: readonly OptionSpec[] = [
  text('select', 'nodes', 'Nodes to include: names, paths, tag:x, +x, x+, @x …', {
    kind: 'list',
    short: '-s',
    aliases: ['-m', '--models', '--model'],
  }),
  text('exclude', 'nodes', 'Nodes to leave out.', { kind: 'list' }),
  text('selector', 'name', 'A selector of selectors.yml.'),
];

const PROJECT: readonly OptionSpec[] = [
  text(
    'project_dir',
    'dir',
    'The directory of dbt_project.yml; without it the working directory or its nearest parent.',
  ),
  text('profiles_dir', 'dir', 'The directory of profiles.yml; without it the working directory, then ~/.dbt.'),
  text('target_path', 'dir', 'Where artifacts and compiled SQL go.'),
  text('vars', 'yaml', "Variables, over those of dbt_project.yml: '{name: value}'.", { kind: 'yaml' }),
];

const THREADS: readonly OptionSpec[] = [
  text('threads', 'n', 'How many nodes run at a time.', { kind: 'integer' }),
  text('sqlparse', 'yaml', 'No effect.', { kind: 'yaml', ignored: true, hidden: true }),
];

const FULL_REFRESH = flag('full_refresh', 'Build incremental models and seeds anew.', { short: '-f' });
const EMPTY = negatable('empty', 'Read no rows from refs and sources.');
const STORE_FAILURES = flag('store_failures', 'Keep failing rows in the database.');
const RESOURCES: readonly OptionSpec[] = [
  text('resource_types', 'types', 'Only these kinds of nodes.', {
    kind: 'list',
    aliases: ['--resource-type'],
    choices: RESOURCE_TYPES,
  }),
  text('exclude_resource_types', 'types', 'Not these kinds of nodes.', {
    kind: 'list',
    aliases: ['--exclude-resource-type'],
    choices: RESOURCE_TYPES.slice(0, -1),
  }),
];
const MICROBATCH: readonly OptionSpec[] = [
  text('event_time_start', 'time', 'Build microbatches from this time on (UTC).'),
  text('event_time_end', 'time', 'Build microbatches up to this time (UTC), which is not part of them.'),
  text('sample', 'window', "Read the rows of a stretch of time only: '3 days', or '{start: …, end: …}'."),
];
const INTROSPECT = negatable('introspect', 'Allow queries while compiling.');
const INLINE = text('inline', 'sql', 'Compile this text in place of a model.');
const OUTPUT_TEXT_JSON = text('output', 'format', 'The form of the output.', {
  kind: 'choice',
  choices: ['json', 'text'],
});

/** A command of the table. */
export interface CommandSpec {
  readonly which: string;
  readonly path: readonly string[];
  readonly aliases?: readonly string[];
  readonly help: string;
  readonly options: readonly OptionSpec[];
  /** The name of what must follow the command; an option's key too. */
  readonly argument?: string;
  /** The same of what may follow it. */
  readonly optionalArgument?: string;
}

/** The commands, in the order in which help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    which: 'build',
    path: ['build'],
    help: 'Run seeds, models and tests in the order of the graph; what depends on a failure is skipped.',
    options: [
      ...SELECT,
      ...PROJECT,
      ...THREADS,
      FULL_REFRESH,
      EMPTY,
      STORE_FAILURES,
      ...RESOURCES,
      flag('show', 'Show rows of loaded seeds.'),
      ...MICROBATCH,
      negatable('export_saved_queries', 'No effect.', { ignored: true, hidden: true }),
      negatable('include_saved_query', 'No effect.', { ignored: true, hidden: true }),
    ],
  },
  {
    which: 'run',
    path: ['run'],
    help: 'Run models.',
    options: [...SELECT, ...PROJECT, ...THREADS, FULL_REFRESH, EMPTY, ...MICROBATCH],
  },
  {
    which: 'test',
    path: ['test'],
    help: 'Run data tests.',
    options: [...SELECT, ...PROJECT, ...THREADS, STORE_FAILURES, ...RESOURCES],
  },
  {
    which: 'seed',
    path: ['seed'],
    help: 'Load seeds.',
    options: [...SELECT, ...PROJECT, ...THREADS, FULL_REFRESH, flag('show', 'Show rows of loaded seeds.')],
  },
  {
    which: 'snapshot',
    path: ['snapshot'],
    help: 'Run snapshots.',
    options: [...SELECT, ...PROJECT, ...THREADS, EMPTY],
  },
  {
    which: 'compile',
    path: ['compile'],
    help: 'Write the SQL of models, tests and analyses to target/compiled; print that of a selected node.',
    options: [
      ...SELECT,
      ...PROJECT,
      ...THREADS,
      FULL_REFRESH,
      EMPTY,
      INLINE,
      INTROSPECT,
      OUTPUT_TEXT_JSON,
      negatable('inject_ephemeral_ctes', 'No effect.', { ignored: true, hidden: true }),
    ],
  },
  {
    which: 'show',
    path: ['show'],
    help: 'Query a node, or the text of --inline, and print its rows; nothing is built.',
    options: [
      ...SELECT,
      ...PROJECT,
      ...THREADS,
      FULL_REFRESH,
      text('inline', 'sql', 'Query this text in place of a model; it may hold Jinja.'),
      text('inline_direct', 'sql', 'Send this text to the database as it is.'),
      text('limit', 'n', 'How many rows; a negative number is all of them. Without it 5.', { kind: 'integer' }),
      INTROSPECT,
      OUTPUT_TEXT_JSON,
    ],
  },
  {
    which: 'run-operation',
    path: ['run-operation'],
    help: 'Call a macro.',
    argument: 'macro',
    options: [
      text('args', 'yaml', "Arguments of the macro: '{name: value}'.", { kind: 'yaml' }),
      ...PROJECT,
      ...THREADS,
    ],
  },
  {
    which: 'list',
    path: ['ls'],
    aliases: ['list'],
    help: 'List the nodes of the project.',
    options: [
      ...SELECT.map((o) => (o.key === 'select' ? { ...o, aliases: [] } : o)),
      text('models', 'nodes', 'As --select, models only.', {
        kind: 'list',
        short: '-m',
        aliases: ['--model'],
        hidden: true,
      }),
      ...PROJECT,
      ...RESOURCES,
      text('output', 'format', 'The form of the list.', {
        kind: 'choice',
        choices: ['json', 'name', 'path', 'selector'],
      }),
      text('output_keys', 'keys', 'Keys of the JSON form; dots reach into objects.', { kind: 'list' }),
    ],
  },
  {
    which: 'parse',
    path: ['parse'],
    help: 'Read the project and write manifest.json.',
    options: [...PROJECT, ...THREADS],
  },
  {
    which: 'generate',
    path: ['docs', 'generate'],
    help: 'Generate the documentation site.',
    options: [
      ...SELECT,
      ...PROJECT,
      ...THREADS,
      negatable('compile', 'Compile the nodes, so that the site shows their SQL.'),
      flag('empty_catalog', 'Do not ask the database for tables and columns.'),
      flag('static', 'The site is in one file already: no effect.', { hidden: true }),
    ],
  },
  {
    which: 'serve',
    path: ['docs', 'serve'],
    help: 'Serve the documentation site on this machine.',
    options: [
      ...PROJECT,
      text('host', 'name', 'The address to listen on.'),
      text('port', 'n', 'The port.', { kind: 'integer' }),
      negatable('browser', 'Open a browser.'),
    ],
  },
  {
    which: 'lineage',
    path: ['docs', 'lineage'],
    help: 'Print the lineage graph as text, Mermaid or JSON.',
    options: [
      ...SELECT,
      ...PROJECT,
      ...RESOURCES,
      text('output', 'format', 'The form of the graph.', { kind: 'choice', choices: ['text', 'mermaid', 'json'] }),
    ],
  },
  {
    which: 'freshness',
    path: ['source', 'freshness'],
    aliases: ['snapshot-freshness'],
    help: 'Check how fresh sources are.',
    options: [...SELECT, ...PROJECT, ...THREADS, text('output', 'file', 'Where sources.json goes.', { short: '-o' })],
  },
  {
    which: 'clone',
    path: ['clone'],
    help: 'Make nodes what they are in the environment of --state: views on it, or copies where the engine has such.',
    options: [...SELECT, ...PROJECT, ...THREADS, FULL_REFRESH, ...RESOURCES],
  },
  {
    which: 'retry',
    path: ['retry'],
    help: 'Run again what failed or was skipped, as the last command was given.',
    options: [
      ...PROJECT,
      ...THREADS,
      text('state', 'dir', 'Where the run_results.json is; without it the target directory.'),
      flag('full_refresh', 'No effect: the last command decides.', { short: '-f', ignored: true, hidden: true }),
    ],
  },
  {
    which: 'deps',
    path: ['deps'],
    help: 'Install the packages of packages.yml into dbt_packages/.',
    options: [
      ...PROJECT.filter((o) => o.key !== 'target_path'),
      flag('lock', 'Resolve the packages and write package-lock.yml, but install nothing.'),
      flag('upgrade', 'Resolve the packages anew, although packages.yml has not changed.'),
      text('add_package', 'name@version', 'Add a package to packages.yml, then install.'),
      text('source', 'kind', 'Where the added package comes from: hub, git or local.', {
        kind: 'choice',
        choices: ['hub', 'git', 'local'],
      }),
    ],
  },
  {
    which: 'clean',
    path: ['clean'],
    help: 'Delete the directories of clean-targets.',
    options: [...PROJECT, negatable('clean_project_files_only', 'Delete nothing outside the project.')],
  },
  {
    which: 'debug',
    path: ['debug'],
    help: 'Show versions, project and profile, and try the connection.',
    options: [
      ...PROJECT.filter((o) => o.key !== 'target_path'),
      flag('connection', 'Try the connection only.'),
      flag('config_dir', 'Print the directory of profiles.yml only.'),
    ],
  },
  {
    which: 'init',
    path: ['init'],
    help: 'Start a project, and set up a profile for it; in a project, set up its profile.',
    optionalArgument: 'name',
    options: [
      ...PROJECT.filter((o) => o.key !== 'target_path'),
      flag(
        'from_dbt',
        'Start nothing: say what of the dbt project in this directory, or in [name], tsdbt would refuse.',
      ),
      flag('skip_profile_setup', 'Ask nothing about the profile.', { short: '-s' }),
    ],
  },
];
