import { spawn } from 'node:child_process';
import type { Environment } from '../config/env-var.js';
import { GIT_PROTOCOLS } from './git-url.js';

/** What a git command said. */
export interface GitResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** There is no git to run. */
  readonly missing: boolean;
}

/** Variables that would lead git to another repository, e.g. in a hook of the user's own. */
const OWN_REPOSITORY = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

const MAX_OUTPUT = 1 << 24;

/** Runs git without a shell, without prompts, with the protocols of `GIT_PROTOCOLS` only. */
export function runGit(
  args: readonly string[],
  cwd: string,
  env: Environment,
  signal: AbortSignal,
): Promise<GitResult> {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !OWN_REPOSITORY.includes(name)));
  const settings = [
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'advice.detachedHead=false',
    '-c',
    'submodule.recurse=false',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...settings, ...args], {
      cwd,
      env: {
        ...own,
        GIT_ALLOW_PROTOCOL: GIT_PROTOCOLS.join(':'),
        GIT_TERMINAL_PROMPT: '0',
        GCM_INTERACTIVE: 'never',
        LC_ALL: 'C',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      windowsHide: true,
    });
    const streams = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (streams[name].length < MAX_OUTPUT) streams[name] += text;
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ ok: false, ...streams, missing: true });
      // A cancelled git is waited for: until it has ended it writes.
      else if (!signal.aborted || child.pid === undefined) reject(error);
    });
    child.on('close', (code) => {
      if (signal.aborted) reject(signal.reason);
      else resolve({ ok: code === 0, ...streams, missing: false });
    });
  });
}
