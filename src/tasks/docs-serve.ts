import { spawn } from 'node:child_process';
import { targetDirectory } from '../config/target-directory.js';
import { serveSite } from '../docs/serve-site.js';
import { loadConfig } from './load-project.js';
import type { TaskContext, TaskResult } from './task.js';

/** `docs serve`: serves target/ on this machine until it is interrupted. */
export async function docsServeTask(context: TaskContext): Promise<TaskResult> {
  const { flags, bus, signal } = context;
  const config = await loadConfig(context);
  const dir = targetDirectory(config);
  context.cancellable();
  const site = await serveSite({ dir, host: flags.host, port: flags.port });
  bus.emit('ServingDocs', { url: site.url, dir });
  if (flags.browser && context.interactive) openBrowser(site.url);
  await new Promise<void>((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
  await site.close();
  return { success: true };
}

/** Opens the system's browser; that there is none is no error. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', url]
        : ['xdg-open', url];
  const child = spawn(command ?? 'xdg-open', args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
