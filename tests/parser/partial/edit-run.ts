import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../helpers/random.js';
import { CASES } from '../parse-case.js';
import { EditedProject, type Result, type Reuse, readTree, type State } from './edited-project.js';
import { EDITS } from './edits.js';

/** The projects that are edited: those of the recorded cases that dbt can parse. */
export function editedCases(): readonly string[] {
  return readdirSync(CASES).filter((name) => !name.startsWith('err-'));
}

export interface RunReport {
  readonly edits: number;
  readonly reuse: { readonly [kind in Reuse]?: number };
  readonly errors: number;
}

/**
 * Edits a case's project again and again; after each edit parses it with what the last parse has kept and without, and
 * throws when the two differ in anything.
 */
export async function editRun(name: string, seed: number, edits: number): Promise<RunReport> {
  const random = new Random(seed);
  const original = filesOf(name);
  const project = new EditedProject(original);
  const reuse: { [kind in Reuse]?: number } = {};
  const history: string[] = [];
  let errors = 0;
  let good: State | undefined;
  try {
    for (let i = 0; i < edits; i++) {
      if (i > 0) history.push(...edit(project.state, random, original));
      project.write();
      const warm = await project.parse(true);
      const cold = await project.parse(false);
      reuse[warm.reuse] = (reuse[warm.reuse] ?? 0) + 1;
      const difference = firstDifference(cold.result, warm.result);
      const where = (): string =>
        `${name}, seed ${seed}, after ${i} edits (${project.root}):\n${history.slice(-8).join('\n')}\n`;
      if (difference) throw new Error(`${where()}\n${difference}\n${JSON.stringify(warm.events)}`);
      if (cold.result.error === null) {
        if (warm.reuse === 'failed') throw new Error(`${where()}${JSON.stringify(warm.events)}`);
        good = copyOf(project.state);
      } else {
        errors += 1;
        // Most edits of what is broken leave it broken.
        if (good && random.chance(0.6)) {
          project.state = copyOf(good);
          history.push('mend');
        }
      }
    }
    project.remove();
    return { edits, reuse, errors };
  } catch (error) {
    if (process.env['TSDBT_PARTIAL_KEEP'] === undefined) project.remove();
    throw error;
  }
}

function edit(state: State, random: Random, original: ReadonlyMap<string, string>): string[] {
  const total = EDITS.reduce((sum, [weight]) => sum + weight, 0);
  const done: string[] = [];
  do {
    let at = random.below(total);
    for (const [weight, name, change] of EDITS) {
      at -= weight;
      if (at >= 0) continue;
      const what = change(state, random, original);
      if (what !== undefined) done.push(`${name} ${what}`);
      break;
    }
  } while (done.length === 0 || random.chance(0.3));
  return done;
}

function filesOf(name: string): Map<string, string> {
  const files = readTree(join(CASES, name, 'project'));
  if (files.has('packages.yml')) {
    for (const [path, text] of [...files]) if (/^pkg2?\//.test(path)) files.set(`dbt_packages/${path}`, text);
  }
  const profile = /^profile:\s*['"]?(\w+)/m.exec(files.get('dbt_project.yml') ?? '')?.[1] ?? 'p';
  const output = (schema: string) => ({ type: 'duckdb', path: 'db.duckdb', threads: 2, schema });
  files.set(
    'profiles.yml',
    JSON.stringify({ [profile]: { target: 'dev', outputs: { dev: output('main'), prod: output('prod') } } }),
  );
  return files;
}

function copyOf(state: State): State {
  return { ...structuredClone({ ...state, files: null }), files: new Map(state.files) };
}

function firstDifference(cold: Result, warm: Result): string | undefined {
  for (const part of ['error', 'warnings', 'manifest'] as const) {
    const [a, b] = [cold[part], warm[part]].map((value) =>
      (typeof value === 'string' ? value : JSON.stringify(value, null, 1)).split('\n'),
    );
    const at = a?.findIndex((line, i) => line !== b?.[i]) ?? -1;
    if (a && b && (at >= 0 || a.length !== b.length)) {
      const from = Math.max(0, at - 3);
      return `${part} differs at line ${at}\ncold: ${a.slice(from, at + 4).join('\n')}\nwarm: ${b.slice(from, at + 4).join('\n')}`;
    }
  }
  return undefined;
}
