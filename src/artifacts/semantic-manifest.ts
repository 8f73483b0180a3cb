import { join } from 'node:path';
import type { Manifest } from '../contracts/manifest.js';
import { writeFileAtomic } from './write-file.js';

/** Writes `semantic_manifest.json`, what MetricFlow reads: the semantic models, metrics and saved queries. */
export async function writeSemanticManifest(manifest: Manifest, targetDir: string): Promise<string> {
  const path = join(targetDir, 'semantic_manifest.json');
  const content = {
    semantic_models: Object.values(manifest.semantic_models),
    metrics: Object.values(manifest.metrics),
    project_configuration: {
      time_spine_table_configurations: [],
      metadata: null,
      dsi_package_version: { major_version: '0', minor_version: '9', patch_version: '0' },
      time_spines: [],
    },
    saved_queries: Object.values(manifest.saved_queries),
  };
  await writeFileAtomic(path, JSON.stringify(content));
  return path;
}
