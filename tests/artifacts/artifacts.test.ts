import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogArtifact, readCatalog, writeCatalog } from '../../src/artifacts/catalog/v1.js';
import { readManifest, withNodes, writeManifest } from '../../src/artifacts/manifest/v12.js';
import { readRunResults, runResultsArtifact, writeRunResults } from '../../src/artifacts/run-results/v6.js';
import { writeFileAtomic } from '../../src/artifacts/write-file.js';
import type { Manifest } from '../../src/contracts/manifest.js';
import { makeNode, makeResult } from '../helpers/nodes.js';
import { temporaryDirectory } from '../helpers/project.js';

const context = {
  dbtVersion: '1.11.16',
  invocationId: 'i',
  startedAt: new Date('2026-01-02T03:04:05.678Z'),
  env: { DBT_ENV_CUSTOM_ENV_ci: 'yes', OTHER: 'no' },
};

describe('run_results.json', () => {
  it('is read again as it was written', async () => {
    const directory = temporaryDirectory();
    const results = [
      makeResult('model.demo.a', {
        timing: [
          { name: 'execute', started_at: '2026-01-02T03:04:05.678000Z', completed_at: '2026-01-02T03:04:06.000000Z' },
        ],
        adapter_response: { _message: 'OK' },
      }),
      makeResult('test.demo.b', { status: 'fail', failures: 3, message: 'Got 3 results' }),
      makeResult('model.demo.c', { status: 'skipped', message: null, compiled: false, compiled_code: null }),
    ];
    const artifact = runResultsArtifact({ results, elapsed: 1.5, args: { which: 'build' } }, context);
    expect(artifact.metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
      invocation_started_at: '2026-01-02T03:04:05.678000Z',
      env: { ci: 'yes' },
    });
    await writeRunResults(artifact, directory);
    expect(await readRunResults(directory)).toEqual(artifact);
  });
});

describe('catalog.json', () => {
  it('is read again as it was written', async () => {
    const directory = temporaryDirectory();
    const metadata = { type: 'VIEW', schema: 'main', name: 'a', database: 'db', comment: null, owner: null };
    const columns = { id: { type: 'INTEGER', index: 1, name: 'id', comment: null } };
    const nodes = { 'model.demo.a': { metadata, columns, stats: {}, unique_id: 'model.demo.a' } };
    const artifact = catalogArtifact({ nodes, sources: {}, errors: [] }, context);
    await writeCatalog(artifact, directory);
    expect(await readCatalog(directory)).toEqual(artifact);
  });
});

describe('manifest.json', () => {
  it('takes the compiled nodes in place of the parsed ones', () => {
    const parsed = makeNode({ name: 'a' });
    const compiled = { ...parsed, compiled: true } as typeof parsed;
    const manifest = { nodes: { [parsed.unique_id]: parsed } } as unknown as Manifest;
    const hook = makeNode({ name: 'inline', resource_type: 'operation' });
    expect(withNodes(manifest, [compiled, hook]).nodes).toEqual({ [parsed.unique_id]: compiled });
  });
});

describe('files', () => {
  it('are replaced at once and leave nothing aside', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'deep', 'a.json');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(directory, 'deep'))).toEqual(['a.json']);
  });

  it("say so when they can't be written (artifact-unwritable)", async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'file'), '');
    await expect(writeFileAtomic(join(directory, 'file', 'a.json'), '')).rejects.toMatchObject({
      code: 'artifact-unwritable',
    });
    mkdirSync(join(directory, 'a.json'));
    await expect(writeFileAtomic(join(directory, 'a.json'), '')).rejects.toMatchObject({ code: 'artifact-unwritable' });
    expect(readdirSync(directory).sort()).toEqual(['a.json', 'file']);
  });

  it("say so when they can't be read (artifact-unreadable)", async () => {
    const directory = temporaryDirectory();
    const unreadable = expect.objectContaining({ code: 'artifact-unreadable' });
    await expect(readManifest(directory)).rejects.toEqual(unreadable);
    const broken = [
      '{',
      'null',
      '{}',
      '{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v3.json"}}',
    ];
    for (const text of broken) {
      writeFileSync(join(directory, 'manifest.json'), text);
      await expect(readManifest(directory)).rejects.toEqual(unreadable);
    }
  });

  it('scrub secrets', async () => {
    const directory = temporaryDirectory();
    const manifest = { nodes: {}, secret: 'abc' } as unknown as Manifest;
    await writeManifest(manifest, directory, (text) => text.replaceAll('abc', '*****'));
    expect(readFileSync(join(directory, 'manifest.json'), 'utf8')).toBe('{"nodes":{},"secret":"*****"}');
  });
});
