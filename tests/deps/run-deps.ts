import { invoke } from '../../src/index.js';
import { makeProject, writeFiles } from '../helpers/project.js';

export interface DepsRun {
  readonly project: string;
  readonly output: string;
  readonly exitCode: number;
}

/** Runs `deps` in a project of these files, or again in one that is there. */
export async function runDeps(
  given: string | { readonly [path: string]: string },
  options: {
    readonly args?: readonly string[];
    readonly env?: { readonly [name: string]: string };
    readonly signal?: AbortSignal;
    readonly files?: { readonly [path: string]: string };
  } = {},
): Promise<DepsRun> {
  const project = typeof given === 'string' ? given : makeProject(given);
  writeFiles(project, options.files ?? {});
  let output = '';
  const { exitCode } = await invoke(['deps', ...(options.args ?? [])], {
    cwd: project,
    env: { HOME: project, NO_COLOR: '1', ...options.env },
    stdout: (text: string) => {
      output += text;
    },
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return { project, output, exitCode };
}
