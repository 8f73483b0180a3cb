import { relative, resolve, sep } from 'node:path';
import { placeOfTest, placeOfUnitTest } from '../compiler/in-file.js';
import type { ManifestNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import type { TestEvidence } from '../contracts/test-evidence.js';
import type { Diagnostic } from '../diagnostics/errors.js';
import type { SourceSpan } from '../diagnostics/span.js';
import { evidenceText } from '../events/evidence-text.js';
import type { LoadedProject } from './load-project.js';

/** What a run has found, as reports for CI need it. */
export interface CiRun {
  readonly project: LoadedProject;
  readonly results: readonly RunResult[];
  readonly node: (uniqueId: string) => ManifestNode | undefined;
  readonly diagnostics: ReadonlyMap<string, Diagnostic>;
  readonly evidence: ReadonlyMap<string, TestEvidence>;
  /** Seconds. */
  readonly elapsed: number;
}

/** What went wrong with a node. */
export interface Finding {
  /** Absolute. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number | null;
  /** One line. */
  readonly message: string;
  /** Everything: the message, the rows, the place. */
  readonly detail: string;
}

/** Describes what a node's result says is wrong, with the line where the user can put it right. */
export function findingOf(run: CiRun, node: ManifestNode, result: RunResult): Finding {
  const { project, packages } = run.project.config;
  // What was compiled is in no repository: such a place helps nobody who reads a report.
  const compiled = resolve(project.root, project.target_path) + sep;
  const inSources = (span: SourceSpan | undefined) =>
    span && !resolve(project.root, span.file).startsWith(compiled) ? span : undefined;
  const root = packages.get(node.package_name)?.root ?? project.root;
  const diagnostic = run.diagnostics.get(node.unique_id);
  const place = inSources(diagnostic?.span) ?? writtenAt(node, root);
  const file = resolve(root, place?.file ?? node.original_file_path);
  const evidence = run.evidence.get(node.unique_id);
  // The side by side view says what dbt's table of differences says.
  const message = evidence?.kind === 'comparison' ? '' : (result.message ?? `Status: ${result.status}`).trim();
  const told = evidence ? evidenceText(evidence, node, result.failures ?? 0) : '';
  const line = place?.line ?? 1;
  const parts = [message, told, diagnostic?.hint ? `hint: ${diagnostic.hint}` : ''];
  const shown = `${relative(project.root, file).split(sep).join('/')}:${line}`;
  return {
    file,
    line,
    column: place?.column ?? null,
    message: message === '' ? firstLine(told) : oneLine(message),
    detail: [...parts.filter((part) => part !== ''), `at ${shown}`].join('\n\n'),
  };
}

/** The error of the engine stands below dbt's heading of it, which names the node once more. */
function oneLine(message: string): string {
  const [first = '', second] = message.split('\n');
  return /^\w+ Error in \w+ .*\)$/.test(first) && second ? second.trim() : first.trim();
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

function writtenAt(node: ManifestNode, root: string): ReturnType<typeof placeOfTest> {
  if (node.resource_type === 'test') return placeOfTest(node, root);
  return node.resource_type === 'unit_test' ? placeOfUnitTest(node, root) : undefined;
}
