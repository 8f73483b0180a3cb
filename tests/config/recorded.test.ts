import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allCases, loadCase, type Outcome } from './load-case.js';

interface Recorded {
  readonly config?: { readonly [key: string]: unknown };
  readonly error?: string;
  readonly message?: string;
  readonly events?: readonly (readonly [name: string, message: string])[];
}

const recorded = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../cases/config/recorded.json'), 'utf8')) as {
    cases: Record<string, Recorded>;
  }
).cases;

/** Our configuration in the form of dbt's `to_project_config`. */
function asRecorded({ config }: Outcome, flagNames: readonly string[] = [], more: object = {}): object {
  if (!config) return {};
  const { project, target } = config;
  const { comment, append, job_label } = project.query_comment;
  const flags: Record<string, unknown> = { ...config.flags.behavior, ...config.flags, ...more };
  return {
    name: project.project_name,
    version: project.version,
    profile: target.profile_name,
    'project-root': project.root,
    'model-paths': project.model_paths,
    'macro-paths': project.macro_paths,
    'seed-paths': project.seed_paths,
    'test-paths': project.test_paths,
    'analysis-paths': project.analysis_paths,
    'docs-paths': [...project.docs_paths].sort(),
    'asset-paths': project.asset_paths,
    'snapshot-paths': project.snapshot_paths,
    'target-path': project.target_path,
    'log-path': project.log_path,
    'clean-targets': project.clean_targets,
    quoting: project.quoting,
    ...project.config_trees,
    'on-run-start': project.on_run_start,
    'on-run-end': project.on_run_end,
    dispatch: project.dispatch,
    vars: project.vars,
    'require-dbt-version': project.require_dbt_version,
    'restrict-access': project.restrict_access,
    flags: project.flags,
    'query-comment': { comment: comment ?? '<default>', append, 'job-label': job_label },
    target: { threads: target.threads, type: target.type, schema: target.schema, target_name: target.target_name },
    packages: [project.project_name, ...config.packages.keys()].sort(),
    flags_resolved: Object.fromEntries(flagNames.map((name) => [name, flags[name] ?? null])),
  };
}

/** What dbt recorded, with the few fields that differ in form only. */
function normalize(config: { readonly [key: string]: unknown }): object {
  const { 'dbt-cloud': _cloud, selectors: _selectors, ...rest } = config;
  const comment = rest['query-comment'] as { comment?: string; append?: boolean };
  const target = rest['target'] as { [key: string]: unknown };
  const flags = rest['flags_resolved'] as { [key: string]: unknown };
  const { threads, type, schema, target_name } = target;
  return {
    ...rest,
    'query-comment': { append: false, ...comment },
    target: { threads, type, schema, target_name },
    flags_resolved: Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, flagForm(name, value)])),
  };
}

/** dbt's `WarnErrorOptionsV2(error=[…], …)` as data; dbt's default of a flag that for us is "not given". */
function flagForm(name: string, value: unknown): unknown {
  if (name === 'warn_error_options' && typeof value === 'string') {
    const lists = [...value.matchAll(/=('\w+'|\[[^\]]*\])/g)].map((match) =>
      JSON.parse((match[1] ?? '').replaceAll("'", '"')),
    );
    return { error: lists[0], warn: lists[1], silence: lists[2] };
  }
  if (value === false && (name === 'full_refresh' || name === 'store_failures')) return null;
  if (value === true && name === 'use_colors') return null;
  if (value === null && name === 'warn_error') return false;
  return value;
}

describe('configuration as dbt loads it', () => {
  for (const [name, config] of allCases()) {
    test(name, () => {
      const theirs = recorded[name] as Recorded;
      const ours = loadCase(config);
      if (config.deviates) {
        expect('error' in config.deviates, 'dbt does no more what it did').toBe(theirs.error === undefined);
        if ('error' in config.deviates) expect(ours.error?.code).toBe(config.deviates.error);
        else expect(asRecorded(ours)).toMatchObject({ packages: config.deviates.packages });
        return;
      }
      if (theirs.error !== undefined) {
        expect(ours.error?.message, `dbt: ${theirs.message}`).toBeDefined();
        return;
      }
      expect(ours.error?.message).toBeUndefined();
      if (name.startsWith('project/') && name !== 'project/duplicate-key') {
        const events = (theirs.events ?? []).map(([event]) => event).sort();
        expect(ours.warnings.map((warning) => warning.event).sort()).toEqual(events);
      }
      expect(asRecorded(ours, config.show_flags, ours.more)).toEqual(normalize(theirs.config ?? {}));
    });
  }
});
