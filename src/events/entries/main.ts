import { entry } from '../entry.js';
import { pluralize } from '../fancy-line.js';
import { indentJson } from '../indent-json.js';

/** Begin and end of an invocation, files written, what `ls`, `compile` and `show` print. */
export const MAIN_EVENTS = {
  AdapterRegistered: entry<{ adapter_name: string; adapter_version: string }>(
    'E034',
    'info',
    (d) => `Registered adapter: ${d.adapter_name}${d.adapter_version}`,
  ),
  ArtifactWritten: entry<{ artifact_type: string; artifact_path: string }>(
    'P001',
    'debug',
    (d) => `Wrote artifact ${d.artifact_type} to ${d.artifact_path}`,
  ),
  BuildingCatalog: entry<Record<string, never>>('E044', 'info', () => 'Building catalog'),
  CannotGenerateDocs: entry<Record<string, never>>('E043', 'info', () => 'compile failed, cannot generate docs'),
  CatalogGenerationError: entry<{ exc: string }>(
    'E040',
    'warn',
    (d) => `Encountered an error while generating catalog: ${d.exc}`,
  ),
  CatalogWritten: entry<{ path: string }>('E042', 'info', (d) => `Catalog written to ${d.path}`),
  CheckCleanPath: entry<{ path: string }>('Z012', 'info', (d) => `Checking ${d.path}/*`, { consoleOnly: true }),
  CommandCompleted: entry<{ command: string; success: boolean; completed_at: string; elapsed: number }>(
    'Q039',
    'debug',
    (d) =>
      `Command \`${d.command}\` ${d.success ? 'succeeded' : 'failed'} at ${d.completed_at} after ${d.elapsed.toFixed(2)} seconds`,
  ),
  CompiledNode: entry<{
    node_name: string;
    compiled: string;
    is_inline: boolean;
    output_format: 'text' | 'json';
    unique_id: string;
    quiet: boolean;
  }>(
    'Q042',
    'info',
    (d) => {
      if (d.output_format === 'json') {
        const body = d.is_inline ? { compiled: d.compiled } : { node: d.node_name, compiled: d.compiled };
        return JSON.stringify(body, null, 2);
      }
      if (d.quiet) return d.compiled;
      return d.is_inline
        ? `Compiled inline node is:\n${d.compiled}`
        : `Compiled node '${d.node_name}' is:\n${d.compiled}`;
    },
    { print: true },
  ),
  ConfigFolderDirectory: entry<{ dir: string }>('A018', 'info', (d) => `Creating dbt configuration folder at ${d.dir}`),
  ConfirmCleanPath: entry<{ path: string }>('Z013', 'info', (d) => `Cleaned ${d.path}/*`, { consoleOnly: true }),
  DebugCmdOut: entry<{ msg: string }>('Z047', 'info', (d) => d.msg),
  DebugCmdResult: entry<{ msg: string }>('Z048', 'info', (d) => d.msg),
  /** tsdbt's own: what the engine runs with. */
  EngineFacts: entry<{
    engine: string;
    facts: readonly { readonly name: string; readonly value: string }[];
    width: number;
  }>('T005', 'info', (d) => {
    const lines = d.facts.map(({ name, value }) => `  ${`${name}:`.padEnd(d.width + 1)} ${value}`);
    return `${d.engine} in force:\n${lines.join('\n')}\n`;
  }),
  FinishedCleanPaths: entry<Record<string, never>>('Z015', 'info', () => 'Finished cleaning all paths.', {
    consoleOnly: true,
  }),
  Formatting: entry<{ msg: string }>('Z017', 'info', (d) => d.msg),
  FoundStats: entry<{ stat_line: string }>('W006', 'info', (d) => `Found ${d.stat_line}`),
  InvalidProfileTemplateYAML: entry<Record<string, never>>(
    'A024',
    'info',
    () => 'Invalid profile_template.yml in project.',
  ),
  MainKeyboardInterrupt: entry<Record<string, never>>('Z001', 'info', () => 'ctrl-c'),
  MainReportArgs: entry<{ args: { readonly [name: string]: string } }>(
    'A002',
    'debug',
    (d) => `running tsdbt with arguments ${JSON.stringify(d.args)}`,
  ),
  MainReportVersion: entry<{ log_version: 3; version: string }>('A001', 'info', (d) => `Running with dbt${d.version}`),
  MainStackTrace: entry<{ stack_trace: string }>('Z003', 'debug', (d) => d.stack_trace),
  Note: entry<{ msg: string }>('Z050', 'info', (d) => d.msg),
  ParsePerfInfoPath: entry<{ path: string }>('I010', 'info', (d) => `Performance info: ${d.path}`),
  DatabaseWaiting: entry<{ msg: string }>('T006', 'info', (d) => d.msg),
  MissingProfileTarget: entry<{ profile_name: string; target_name: string }>(
    'A005',
    'info',
    (d) => `target not specified in profile '${d.profile_name}', using '${d.target_name}'`,
  ),
  OpenCommand: entry<{ open_cmd: string; profiles_dir: string }>(
    'Z016',
    'info',
    (d) => `To view your profiles.yml file, run:\n\n${d.open_cmd} ${d.profiles_dir}`,
  ),
  ProfileWrittenWithProjectTemplateYAML: entry<{ name: string; path: string }>(
    'A022',
    'info',
    (d) =>
      `Profile ${d.name} written to ${d.path} using project's profile_template.yml and your supplied values. Run 'tsdbt debug' to validate the connection.`,
  ),
  ProfileWrittenWithSample: entry<{ name: string; path: string }>(
    'A020',
    'info',
    (d) =>
      `Profile ${d.name} written to ${d.path} using target's sample configuration. Once updated, you'll be able to start developing with tsdbt.`,
  ),
  /** tsdbt's own: what `init --from-dbt` comes to. */
  ProjectChecked: entry<{ root: string; refused: number; wrong: number; complete: boolean }>('T006', 'info', (d) => {
    const parts = [
      ...(d.refused > 0 ? [`tsdbt refuses ${pluralize(d.refused, 'thing')} of this project`] : []),
      ...(d.wrong > 0 ? [`${pluralize(d.wrong, 'thing')} would stop dbt as well`] : []),
    ];
    const rest = d.complete ? '' : ' The models have not been looked at: put this right, then ask again.';
    if (parts.length > 0) return `${parts.join(', and ')}.${rest}`;
    return "There is nothing in this project that tsdbt refuses. Next: 'tsdbt deps' where it has packages, then 'tsdbt build'.";
  }),
  ProjectCreated: entry<{ project_name: string; docs_url: string; slack_url: string }>(
    'A026',
    'info',
    (d) => `
Your new dbt project "${d.project_name}" was created!

What can be in profiles.yml:

  ${d.docs_url}

Build it:

  cd ${d.project_name}
  tsdbt build
`,
  ),
  ProjectNameAlreadyExists: entry<{ name: string }>(
    'A025',
    'info',
    (d) => `A project called ${d.name} already exists here.`,
  ),
  SettingUpProfile: entry<Record<string, never>>('A023', 'info', () => 'Setting up your profile.'),
  StarterProjectPath: entry<{ dir: string }>('A017', 'debug', (d) => `Starter project path: ${d.dir}`),
  PrintEvent: entry<{ msg: string }>('Z052', 'info', (d) => d.msg, { print: true }),
  ResourceReport: entry<{
    command_name: string;
    command_success: boolean;
    command_wall_clock_time: number;
    process_user_time: number;
    process_kernel_time: number;
    process_mem_max_rss: number;
    process_in_blocks: number;
    process_out_blocks: number;
  }>('Z051', 'debug', (d) => `Resource report: ${JSON.stringify(d)}`),
  SeedHeader: entry<{ header: string }>('Q004', 'info', (d) => d.header),
  ServingDocs: entry<{ url: string; dir: string }>(
    'T002',
    'info',
    (d) => `Serving docs of ${d.dir} at ${d.url}\nPress Ctrl+C to exit.`,
  ),
  RunningOperationCaughtError: entry<{ exc: string }>(
    'Q001',
    'error',
    (d) => `Encountered an error while running operation: ${d.exc}`,
  ),
  ShowNode: entry<{
    node_name: string;
    preview: string;
    is_inline: boolean;
    output_format: 'text' | 'json';
    unique_id: string;
    quiet: boolean;
  }>(
    'Q041',
    'info',
    (d) => {
      if (d.output_format === 'json') {
        const node = d.is_inline ? '' : `"node": ${JSON.stringify(d.node_name)}, `;
        return indentJson(`{${node}"show": ${d.preview}}`);
      }
      if (d.quiet) return d.preview;
      return d.is_inline ? `Previewing inline node:\n${d.preview}` : `Previewing node '${d.node_name}':\n${d.preview}`;
    },
    { print: true },
  ),
  ParsedFileLoadFailed: entry<{ path: string; exc: string }>(
    'I029',
    'debug',
    (d) => `Failed to load parsed file from disk at ${d.path}: ${d.exc}`,
  ),
  PartialParsingEnabled: entry<{ deleted: number; added: number; changed: number }>(
    'I040',
    'debug',
    (d) => `Partial parsing enabled: ${d.deleted} files deleted, ${d.added} files added, ${d.changed} files changed.`,
  ),
  PartialParsingError: entry<{ exc_info: string }>('I016', 'debug', (d) => `PP exception info: ${d.exc_info}`),
  PartialParsingFile: entry<{ operation: string; file_id: string }>(
    'I041',
    'debug',
    (d) => `Partial parsing: ${d.operation} file: ${d.file_id}`,
  ),
  PartialParsingNotEnabled: entry<Record<string, never>>('I028', 'debug', () => 'Partial parsing not enabled'),
  PartialParsingSkipParsing: entry<Record<string, never>>(
    'I017',
    'debug',
    () => 'Partial parsing enabled, no changes found, skipping parsing',
  ),
  SiteWritten: entry<{ path: string }>('T003', 'info', (d) => `Documentation written; open ${d.path}`),
  UnableToPartialParse: entry<{ reason: string }>(
    'I024',
    'info',
    (d) => `Unable to do partial parsing because ${d.reason}`,
  ),
  WriteCatalogFailure: entry<{ num_exceptions: number }>(
    'E041',
    'error',
    (d) =>
      `tsdbt encountered ${d.num_exceptions} failure${d.num_exceptions === 1 ? '' : 's'} while writing the catalog`,
  ),
} as const;
