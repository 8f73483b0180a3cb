import { resolve } from 'node:path';
import { type JunitCase, type JunitSuite, junitXml, writeJunit } from '../artifacts/junit/report.js';
import type { GraphResource, ManifestNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import { DbtErrors, isDbtError } from '../diagnostics/errors.js';
import { diagnosticsOf, formatReport, reportDiagnostic } from '../events/diagnostic-report.js';
import { PLAIN } from '../events/paint.js';
import { type CiRun, findingOf } from './ci-finding.js';
import type { TaskContext } from './task.js';

/** Writes the report of `--junit`, if one is asked for: a suite for what each test is about, in dbt's order. */
export async function reportJunit(context: TaskContext, run: CiRun): Promise<void> {
  const path = pathOf(context);
  if (path === null) return;
  const suites = new Map<string, Mutable>();
  for (const result of run.results) {
    const node = run.node(result.unique_id);
    if (!node) continue;
    const about = subjectOf(run, node);
    const suite = suites.get(about.id) ?? { ...about, timestamp: null, cases: [] };
    suites.set(about.id, suite);
    suite.timestamp ??= result.timing[0]?.started_at ?? null;
    suite.cases.push(caseOf(context, run, node, result, classnameOf(node.package_name, about.name)));
  }
  await write(context, path, [...suites.values()], run.elapsed);
}

type Mutable = { -readonly [K in keyof JunitSuite]: JunitSuite[K] } & { cases: JunitCase[]; readonly id: string };

/** Runs a command. What ends it without results is an error in the report, lest CI reads the report of the run before. */
export async function withJunit<T>(context: TaskContext, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    const path = pathOf(context);
    if (path === null) throw error;
    try {
      await write(context, path, [endedBy(context, error)], 0);
    } catch (unwritten) {
      // An older report stays there: whoever reads it must hear of that too.
      if (isDbtError(error) && isDbtError(unwritten) && error.code !== unwritten.code) {
        throw new DbtErrors([...(error instanceof DbtErrors ? error.errors : [error]), unwritten]);
      }
    }
    throw error;
  }
}

function endedBy({ flags, bus }: TaskContext, thrown: unknown): JunitSuite {
  const reports = isDbtError(thrown) ? diagnosticsOf(thrown).map((d) => reportDiagnostic(d)) : [];
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const detail = reports.length > 0 ? reports.map((r) => formatReport(r, PLAIN)).join('\n\n') : text;
  const test: JunitCase = {
    name: flags.which,
    classname: 'tsdbt',
    seconds: 0,
    outcome: 'error',
    message: bus.scrub(text.split('\n')[0] ?? ''),
    detail: bus.scrub(detail),
    type: reports[0]?.code ?? 'internal-error',
    output: '',
  };
  return { name: 'tsdbt', file: null, timestamp: null, cases: [test] };
}

function pathOf({ options, cwd }: TaskContext): string | null {
  const { junit } = options;
  return typeof junit === 'string' && junit !== '' ? resolve(cwd, junit) : null;
}

async function write(
  context: TaskContext,
  path: string,
  suites: readonly JunitSuite[],
  seconds: number,
): Promise<void> {
  await writeJunit(path, context.bus.scrub(junitXml(`tsdbt ${context.flags.which}`, suites, seconds)));
  context.bus.emit('ArtifactWritten', { artifact_type: 'JunitReport', artifact_path: path });
}

/** What a test is about: the model, seed, snapshot or source that it is attached to; of a singular test its file. */
function subjectOf({ project, node: find }: CiRun, node: ManifestNode): { id: string; name: string; file: string } {
  const { manifest } = project;
  const own = { id: node.unique_id, name: nameOf(node), file: node.original_file_path };
  if (node.resource_type === 'unit_test') return resourceSubject(find(node.tested_node_unique_id), own, node);
  if (node.resource_type === 'operation') return { ...own, id: 'hooks', name: 'hooks' };
  if (node.resource_type !== 'test') return own;
  if (!node.test_metadata) return { ...own, id: node.original_file_path, name: node.original_file_path };
  const source = node.depends_on.nodes.map((id) => manifest.sources[id]).find((s) => s !== undefined);
  const attached = node.attached_node ? (find(node.attached_node) ?? manifest.sources[node.attached_node]) : undefined;
  return resourceSubject(attached ?? source, own, node);
}

type Subject = Pick<GraphResource, 'unique_id' | 'original_file_path'> & { readonly name: string };

function resourceSubject(
  found: (Subject & { readonly source_name?: string; readonly version?: unknown }) | undefined,
  own: { id: string; name: string; file: string },
  test: ManifestNode,
): { id: string; name: string; file: string } {
  if (!found) return own;
  const name = found.source_name === undefined ? nameOf(found) : `${found.source_name}.${found.name}`;
  return { id: found.unique_id, name, file: test.original_file_path };
}

/** Readers take the part before the last dot for a package: a path is one of its parts. */
function classnameOf(packageName: string, subject: string): string {
  return `${packageName}.${subject.replace(/\.sql$/, '').replaceAll('/', '.')}`;
}

function nameOf(node: { readonly name: string; readonly version?: unknown }): string {
  const { version } = node;
  return version === undefined || version === null ? node.name : `${node.name}.v${version}`;
}

function caseOf({ bus }: TaskContext, run: CiRun, node: ManifestNode, result: RunResult, classname: string): JunitCase {
  const name = node.resource_type === 'unit_test' ? `${node.model}::${node.name}` : nameOf(node);
  const base = { name, classname, seconds: result.execution_time, type: result.status, output: '' };
  const none = { message: '', detail: '' };
  switch (result.status) {
    case 'success':
    case 'pass':
    case 'no-op':
      return { ...base, ...none, outcome: 'passed' };
    case 'skipped':
      return {
        ...base,
        ...none,
        outcome: 'skipped',
        message: bus.scrub(result.message ?? 'What it depends on failed'),
      };
    default: {
      const finding = findingOf(run, node, result);
      const message = bus.scrub(finding.message);
      const detail = bus.scrub(finding.detail);
      // JUnit has no warnings: the test passed, and says so.
      if (result.status === 'warn') return { ...base, ...none, outcome: 'passed', output: `warning: ${detail}` };
      const type = run.diagnostics.get(node.unique_id)?.code ?? result.status;
      return { ...base, message, detail, type, outcome: result.status === 'fail' ? 'failed' : 'error' };
    }
  }
}
