import type { ArtifactMetadata } from '../contracts/results.js';

/** What all artifacts of one invocation have in common. */
export interface ArtifactContext {
  readonly dbtVersion: string;
  readonly invocationId: string;
  readonly startedAt: Date;
  readonly env: { readonly [name: string]: string | undefined };
}

const CUSTOM_ENV = 'DBT_ENV_CUSTOM_ENV_';

/** The `metadata` of an artifact that is written now. */
export function artifactMetadata(schema: string, context: ArtifactContext, now = new Date()): ArtifactMetadata {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
    dbt_version: context.dbtVersion,
    generated_at: pythonIso(now),
    invocation_id: context.invocationId,
    invocation_started_at: pythonIso(context.startedAt),
    env: customEnv(context.env),
  };
}

/** The variables `DBT_ENV_CUSTOM_ENV_*`, without the prefix. */
export function customEnv(env: { readonly [name: string]: string | undefined }): { [name: string]: string } {
  const out: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith(CUSTOM_ENV) && value !== undefined) out[name.slice(CUSTOM_ENV.length)] = value;
  }
  return out;
}

/** ISO 8601 in UTC with six decimals and `Z`, as dbt's artifacts have it. */
export function pythonIso(date: Date): string {
  return `${date.toISOString().slice(0, -1)}000Z`;
}
