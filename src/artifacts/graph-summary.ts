import { join } from 'node:path';
import type { Manifest } from '../contracts/manifest.js';
import { writeFileAtomic } from './write-file.js';

interface LinkedNode {
  readonly name: string;
  readonly type: string;
  readonly succ?: readonly number[];
}

/** Writes `graph_summary.json`: the graph with numbers in place of names. */
export async function writeGraphSummary(manifest: Manifest, invocationId: string, targetDir: string): Promise<string> {
  const path = join(targetDir, 'graph_summary.json');
  const ids = Object.keys(manifest.child_map);
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const linked: { [number: string]: LinkedNode } = {};
  for (const [id, number] of numbers) {
    const succ = (manifest.child_map[id] ?? []).flatMap((child) => numbers.get(child) ?? []);
    const type = id.slice(0, id.indexOf('.'));
    linked[number] = succ.length > 0 ? { name: id, type, succ } : { name: id, type };
  }
  await writeFileAtomic(path, JSON.stringify({ _invocation_id: invocationId, linked }));
  return path;
}
