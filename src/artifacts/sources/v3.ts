import { join } from 'node:path';
import type { FreshnessResult, SourceFreshness, Sources } from '../../contracts/freshness.js';
import type { FreshnessThreshold, SourceDefinition } from '../../contracts/nodes.js';
import { type ArtifactContext, artifactMetadata } from '../metadata.js';
import { isJsonObject, type ReadArtifact, readArtifact } from '../read-json.js';
import { writeFileAtomic } from '../write-file.js';

export const SOURCES_FILE = 'sources.json';

/** The content of `sources.json`. As with dbt it has only the sources whose query gave an answer. */
export function sourcesArtifact(
  input: {
    readonly results: readonly FreshnessResult[];
    readonly sources: { readonly [uniqueId: string]: SourceDefinition };
    /** Seconds. */
    readonly elapsed: number;
  },
  context: ArtifactContext,
): Sources {
  return {
    metadata: artifactMetadata('sources/v3', context),
    results: input.results.flatMap((r) => output(r, input.sources[r.unique_id]?.freshness ?? null) ?? []),
    elapsed_time: input.elapsed,
  };
}

/** Reads the sources.json of a directory, of dbt or tsdbt. Throws a DbtError `artifact-unreadable`. */
export async function readSources(directory: string): Promise<Pick<Sources, 'results'>> {
  return (await readArtifact(join(directory, SOURCES_FILE), 'sources', [2, 3], problemOf)) as unknown as Sources;
}

/** Who reads it needs of each result the source. */
function problemOf({ results }: ReadArtifact): string | null {
  if (!Array.isArray(results)) return 'its results are no list';
  const index = results.findIndex((r) => !isJsonObject(r) || typeof r['unique_id'] !== 'string');
  return index === -1 ? null : `its result ${index} has no unique_id`;
}

/** Writes it to a path. */
export async function writeSources(artifact: Sources, path: string): Promise<void> {
  await writeFileAtomic(path, JSON.stringify(artifact));
}

function output(result: FreshnessResult, criteria: FreshnessThreshold | null): SourceFreshness | null {
  const { measured } = result;
  if (!measured) return null;
  return {
    unique_id: result.unique_id,
    max_loaded_at: measured.max_loaded_at,
    snapshotted_at: measured.snapshotted_at,
    max_loaded_at_time_ago_in_s: measured.age,
    status: result.status,
    criteria: criteria && threshold(criteria),
    adapter_response: measured.adapter_response,
    timing: result.timing,
    thread_id: result.thread_id,
    execution_time: result.execution_time,
  };
}

/** All keys, as dbt writes them. */
function threshold({ warn_after: warn, error_after: error, filter }: FreshnessThreshold): FreshnessThreshold {
  const time = (t: FreshnessThreshold['warn_after']): FreshnessThreshold['warn_after'] =>
    ({ count: t?.count ?? null, period: t?.period ?? null }) as FreshnessThreshold['warn_after'];
  return { warn_after: time(warn), error_after: time(error), filter: filter ?? null };
}
