import { join } from 'node:path';
import type { JsonObject } from '../../contracts/common.js';
import type { RunResult, RunResults } from '../../contracts/results.js';
import { type ArtifactContext, artifactMetadata } from '../metadata.js';
import { isJsonObject, type ReadArtifact, readArtifact } from '../read-json.js';
import { writeFileAtomic } from '../write-file.js';

export const RUN_RESULTS_FILE = 'run_results.json';

export interface RunResultsInput {
  readonly results: readonly RunResult[];
  /** Seconds. */
  readonly elapsed: number;
  readonly args: JsonObject;
}

/** The content of `run_results.json`. */
export function runResultsArtifact(input: RunResultsInput, context: ArtifactContext): RunResults {
  return {
    metadata: artifactMetadata('run-results/v6', context),
    results: input.results.map(orderedResult),
    elapsed_time: input.elapsed,
    args: input.args,
  };
}

/** Writes `run_results.json`. Returns its path. */
export async function writeRunResults(
  artifact: RunResults,
  targetDir: string,
  scrub: (text: string) => string = (text) => text,
): Promise<string> {
  const path = join(targetDir, RUN_RESULTS_FILE);
  await writeFileAtomic(path, scrub(JSON.stringify(artifact)));
  return path;
}

/** Reads a run_results.json of dbt or tsdbt, for `state` and `retry`. Throws a DbtError `artifact-unreadable`. */
export async function readRunResults(targetDir: string): Promise<RunResults> {
  const path = join(targetDir, RUN_RESULTS_FILE);
  return (await readArtifact(path, 'run-results', [4, 5, 6], problemOf)) as unknown as RunResults;
}

/** What is wrong with what is read of it: who reads it needs the arguments, and of each result the node and its status. */
function problemOf({ args, results }: ReadArtifact): string | null {
  if (!isJsonObject(args)) return 'its args are no object';
  if (!Array.isArray(results)) return 'its results are no list';
  const index = results.findIndex(
    (r) => !isJsonObject(r) || typeof r['unique_id'] !== 'string' || typeof r['status'] !== 'string',
  );
  if (index !== -1) return `its result ${index} has no unique_id and status`;
  const odd = results.findIndex((r) => !areBatches((r as JsonObject)['batch_results'] ?? null));
  return odd === -1 ? null : `the batch_results of its result ${odd} are no lists of times`;
}

/** `{successful: [[start, end], …], failed: […]}`, or null for what is no microbatch model. */
function areBatches(value: unknown): boolean {
  if (value === null) return true;
  if (!isJsonObject(value)) return false;
  const isBatch = (batch: unknown): boolean =>
    Array.isArray(batch) && batch.length === 2 && batch.every((time) => typeof time === 'string');
  return [value['successful'], value['failed']].every((list) => Array.isArray(list) && list.every(isBatch));
}

/** Only the fields of the schema: a runner may carry more. */
function orderedResult(result: RunResult): RunResult {
  return {
    status: result.status,
    timing: result.timing,
    thread_id: result.thread_id,
    execution_time: result.execution_time,
    adapter_response: result.adapter_response,
    message: result.message,
    failures: result.failures,
    unique_id: result.unique_id,
    compiled: result.compiled,
    compiled_code: result.compiled_code,
    relation_name: result.relation_name,
    batch_results: result.batch_results,
  };
}
