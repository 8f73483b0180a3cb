import { adapterPlugin } from '../adapters/registry.js';
import { projectDirectory } from '../config/runtime-config.js';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import { isDbtError } from '../diagnostics/errors.js';
import { loadConfig } from './load-project.js';
import type { TaskContext, TaskResult } from './task.js';

/** `debug`: versions, where the configuration is, and whether the database opens. Exit status 1 when something fails. */
export async function debugTask(context: TaskContext): Promise<TaskResult> {
  const { bus, flags, cwd } = context;
  const say = (msg: string): void => bus.emit('DebugCmdOut', { msg });
  say(`dbt version: ${DBT_VERSION}`);
  say(`tsdbt version: ${context.options['version'] ?? ''}`);
  say(`node version: ${process.version}`);
  say(`os info: ${process.platform}-${process.arch}`);
  say(`Using dbt_project.yml file at ${projectDirectory(flags, cwd)}/dbt_project.yml`);
  try {
    const config = await loadConfig(context);
    say(`Using profiles.yml file at ${config.profiles_dir}/profiles.yml`);
    say(`adapter type: ${config.target.type}`);
    say('Configuration: [OK]');
    for (const key of ['database', 'schema', 'path']) {
      const value = key in config.target ? config.target[key as 'database'] : config.target.credentials[key];
      if (typeof value === 'string') say(`  ${key}: ${value}`);
    }
    const adapter = adapterPlugin(config.target.type).create(config);
    try {
      await adapter.open();
      const connection = await adapter.acquire('debug');
      await connection.execute('select 1 as id');
      await connection.release();
    } finally {
      await adapter.close();
    }
    say('Connection test: [OK connection ok]');
    bus.emit('DebugCmdOut', { msg: 'All checks passed!' });
    return { success: true };
  } catch (error) {
    if (!isDbtError(error)) throw error;
    say(`[ERROR ${error.code}] ${error.message}`);
    say('1 check failed');
    return { success: false };
  }
}
