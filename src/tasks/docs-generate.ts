import { resolve } from 'node:path';
import { catalogArtifact, writeCatalog } from '../artifacts/catalog/v1.js';
import { readManifest, withNodes } from '../artifacts/manifest/v12.js';
import { readRunResults } from '../artifacts/run-results/v6.js';
import type { Manifest } from '../contracts/manifest.js';
import type { RunResults } from '../contracts/results.js';
import { writeSite } from '../docs/write-site.js';
import { nodeOf } from '../graph/manifest-node.js';
import { artifactContext } from './artifacts.js';
import { readCatalogTables } from './catalog.js';
import { runCompile } from './compile-graph.js';
import type { TaskContext, TaskResult } from './task.js';

/**
 * `docs generate`: compiles, reads the catalog, writes the site. Unlike dbt it leaves target/run_results.json as it
 * is: the results of the last build belong to the documentation. `docs` alone does the same.
 */
export async function docsGenerateTask(context: TaskContext): Promise<TaskResult> {
  const { flags, bus } = context;
  let success = true;
  const { manifest } = await runCompile(context, {
    compile: flags.compile,
    writeResults: false,
    finish: async (compiled) => {
      const { project: loaded } = compiled;
      const empty = { nodes: {}, sources: {}, errors: [] };
      if (!flags.empty_catalog) bus.emit('BuildingCatalog', {});
      const tables = flags.empty_catalog ? empty : await readCatalogTables(context, loaded, compiled.manifest);
      const catalog = catalogArtifact(tables, artifactContext(context));
      const path = await writeCatalog(catalog, loaded.targetDir);
      bus.emit('ArtifactWritten', { artifact_type: 'CatalogArtifact', artifact_path: path });
      const { root, asset_paths: assets } = loaded.config.project;
      const runResults = await lastResults(loaded.targetDir);
      const documented = flags.compile
        ? compiled.manifest
        : await withCompiledCode(compiled.manifest, loaded.targetDir);
      const index = await writeSite({
        manifest: documented,
        catalog,
        ...(runResults ? { runResults } : {}),
        outDir: loaded.targetDir,
        assets: assets.map((name) => ({ from: resolve(root, name), name })),
        static: flags.static,
      });
      if (tables.errors.length > 0) {
        success = false;
        bus.emit('WriteCatalogFailure', { num_exceptions: tables.errors.length });
      }
      bus.emit('CatalogWritten', { path });
      bus.emit('SiteWritten', { path: resolve(index) });
    },
  });
  return { success, manifest };
}

/** The manifest with the compiled code that the last command wrote, for the nodes whose own code is still the same. */
async function withCompiledCode(manifest: Manifest, targetDir: string): Promise<Manifest> {
  let last: Manifest;
  try {
    last = await readManifest(targetDir);
  } catch {
    // Nothing was compiled yet, or it is another version's: the site shows raw code only.
    return manifest;
  }
  const nodes = [...Object.values(manifest.nodes), ...Object.values(manifest.functions)].map((node) => {
    const before = nodeOf(last, node.unique_id);
    if (node.resource_type === 'seed' || !before || before.resource_type === 'seed') return node;
    if (before.compiled_code === undefined || before.raw_code !== node.raw_code) return node;
    const { compiled, compiled_code, compiled_path, extra_ctes, extra_ctes_injected } = before;
    return { ...node, compiled, compiled_code, compiled_path, extra_ctes, extra_ctes_injected } as typeof node;
  });
  return withNodes(manifest, nodes);
}

/** The results of the last run, if they can be read. */
async function lastResults(targetDir: string): Promise<RunResults | null> {
  try {
    return await readRunResults(targetDir);
  } catch {
    // There was no run, or its results are another version's: the site does without.
    return null;
  }
}
