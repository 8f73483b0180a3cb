import { join } from 'node:path';
import { writeFileAtomic } from '../artifacts/write-file.js';
import { createGraph } from '../graph/create-graph.js';
import { writeManifests } from './artifacts.js';
import { loadProject } from './load-project.js';
import type { TaskContext, TaskResult } from './task.js';

/** `parse`: reads the project and writes manifest.json. Never opens the database. */
export async function parseTask(context: TaskContext): Promise<TaskResult> {
  const began = performance.now();
  const project = await loadProject(context);
  // Cycles are an error of the project.
  createGraph(project.manifest);
  await writeManifests(context, project, project.manifest);
  if (context.flags.write_json) {
    const seconds = (performance.now() - began) / 1000;
    const path = join(project.targetDir, 'perf_info.json');
    const content = {
      load_all_elapsed: seconds,
      parse_project_elapsed: seconds,
      is_partial_parse_enabled: context.flags.partial_parse,
    };
    await writeFileAtomic(path, JSON.stringify(content));
    context.bus.emit('ParsePerfInfoPath', { path });
  }
  return { success: true, manifest: project.manifest };
}
