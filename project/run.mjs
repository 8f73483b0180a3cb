// The whole pipeline in order: generate, load, build, document. It stops at the first step that fails, with its status.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { activityCalls, activityDays, LOOKBACK, loadedDays } from './days.mjs';
import { parseDay } from './generate/calendar.mjs';
import {
  lakeFolder,
  ROOT,
  readArguments,
  runScript,
  SYSTEM_OPTION,
  systemsOf,
  UsageError,
  WORLD_OPTIONS,
  worldOptions,
} from './generate/options.mjs';
import { readSalt } from './generate/salt.mjs';

const HELP = `Runs the flagship: generate -> load -> build -> backfill -> docs, and stops at the first failure.

  node project/run.mjs [options] [-- options for build]

  --system <name>         one of the systems alone: member_risk, customer_risk, financial_analytics, revenue_operations
  --scale, --seed, --start, --days, --until   as in project/generate/main.mjs
  --lake <folder>         default project/lake, or FLAGSHIP_LAKE
  --dbt <command>         what builds: by default this repository's dist/cli/main.js; real dbt does too, without
                          the models in TypeScript (typescript_models is false, unless you give --vars yourself)
  --skip-generate         the landing zone is taken as it is
  --skip-load             the lake is taken as it is (and the landing zone too)
`;

/** Options that say what is built. */
const SELECTING = /^(-s|-m|--(select|models?|exclude|selector)(=.*)?)$/;

/** The value of an option as it was given. @param {string[]} args @param {string} name */
function optionOf(args, name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  return at < 0 ? undefined : args[at] === name ? args[at + 1] : args[at].slice(name.length + 1);
}

/** @typedef {{name: string, command: string, args: string[]}} Step */

/** Runs a step to its end. @param {Step} step @param {NodeJS.ProcessEnv} env @returns {Promise<number>} its exit status */
function runStep(step, env) {
  return new Promise((resolve) => {
    const child = spawn(step.command, step.args, { cwd: ROOT, env, stdio: 'inherit' });
    child.on('error', (error) => {
      process.stderr.write(`${step.name}: can't run ${step.command}: ${error.message}\n`);
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** @param {string} path @returns {Promise<Record<string, string> | undefined>} */
async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Facts are kept from run to run. They fit the lake only if it is the same world, grown by days: otherwise, and after a
 * build that did not end well, everything is built anew.
 * @param {string} lake @param {string} database
 */
async function builtState(lake, database) {
  const path = join(lake, 'audit', 'built.json');
  const landed = await readJson(join(lake, 'landing', '_world.json'));
  const built = await readJson(path);
  const isGrown =
    landed !== undefined &&
    built?.world === landed.world &&
    built.database === database &&
    String(built.until) <= String(landed.until);
  return {
    isGrown,
    /** The last day that was built, when what is there only grew since. */
    until: isGrown ? parseDay(String(built.until)) : undefined,
    forget: () => rm(path, { force: true }),
    async remember() {
      await mkdir(join(lake, 'audit'), { recursive: true });
      await writeFile(`${path}.tmp`, `${JSON.stringify({ world: landed?.world, until: landed?.until, database })}\n`);
      await rename(`${path}.tmp`, path);
    },
  };
}

await runScript(async () => {
  const separator = process.argv.indexOf('--');
  const own = separator < 0 ? process.argv.slice(2) : process.argv.slice(2, separator);
  const forBuild = separator < 0 ? [] : process.argv.slice(separator + 1);
  const { values, positionals } = readArguments(
    {
      ...WORLD_OPTIONS,
      ...SYSTEM_OPTION,
      lake: { type: 'string' },
      dbt: { type: 'string' },
      'skip-generate': { type: 'boolean' },
      'skip-load': { type: 'boolean' },
    },
    HELP,
    own,
  );
  if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`);
  worldOptions(values);
  systemsOf(values.system);
  const system = values.system === undefined ? [] : ['--system', values.system];
  const lake = lakeFolder(values.lake);
  const env = { ...process.env };
  if (values.lake) {
    env.FLAGSHIP_LAKE = lake;
    env.FLAGSHIP_DATABASE ??= join(lake, 'warehouse.duckdb');
  }
  const world = Object.keys(WORLD_OPTIONS).flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}`, String(values[name])],
  );
  const [dbt, ...dbtArgs] = values.dbt
    ? values.dbt.trim().split(/\s+/)
    : [process.execPath, join(ROOT, 'dist', 'cli', 'main.js')];
  if (!values.dbt && !existsSync(dbtArgs[0] ?? ''))
    throw new UsageError(`${dbtArgs[0]} is not there: npm run build makes it`);

  // Ctrl-C reaches the running step too; this process waits for it to end and reports its status.
  process.on('SIGINT', () => {});

  /** @param {Step} step */
  const run = async (step) => {
    const started = performance.now();
    process.stdout.write(`\n== ${step.name}\n`);
    const status = await runStep(step, env);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(
      `== ${step.name}: ${status === 0 ? 'done' : `failed with status ${status}`} after ${seconds} s\n`,
    );
    if (status !== 0) process.exitCode = status;
    return status === 0;
  };

  /** @param {string} name @param {string[]} args */
  const lakeStep = (name, args) =>
    run({ name, command: process.execPath, args: [join(ROOT, 'project', name, 'main.mjs'), '--lake', lake, ...args] });

  if (!values['skip-generate'] && !values['skip-load'] && !(await lakeStep('generate', [...system, ...world]))) return;
  if (!values['skip-load'] && !(await lakeStep('load', system))) return;
  // Personal data is masked with the lake's own salt, unless the environment has one.
  env.FLAGSHIP_PII_SALT ??= (await readSalt(lake)) ?? '';
  // dbt wants the local package linked, and has no models in TypeScript.
  if (values.dbt && !(await run({ name: 'deps', command: dbt, args: [...dbtArgs, 'deps'] }))) return;
  const isGiven = forBuild.some((arg) => arg === '--vars' || arg.startsWith('--vars='));
  const vars = values.dbt && !isGiven ? ['--vars', '{typescript_models: false}'] : [];
  // Facts of member risk are kept from run to run; the other systems are small and whole each time.
  const keepsFacts = values.system === undefined || values.system === 'member_risk';
  const state = await builtState(lake, env.FLAGSHIP_DATABASE ?? 'default');
  if (keepsFacts) await state.forget();
  const refresh = keepsFacts && state.isGrown ? [] : ['--full-refresh'];
  // A selection takes the place of the default selector: what is made day by day has to be left out here, with its tests.
  const select = values.system === undefined ? [] : ['--select', `tag:${values.system}`, '--exclude', 'tag:by_day'];
  const build = [...dbtArgs, 'build', ...refresh, ...select, ...vars, ...forBuild];
  if (!(await run({ name: 'build', command: dbt, args: build }))) return;
  if (keepsFacts) {
    // Made day by day: all days, or those since the last run and the ones before in which rows still came. Not after a part of the build.
    const { first, last } = activityDays(await loadedDays(lake));
    const from = state.until === undefined ? first : Math.min(state.until, last) - LOOKBACK;
    for (const call of forBuild.some((arg) => SELECTING.test(arg)) ? [] : activityCalls({ first: from, last })) {
      // A target folder of its own: the documentation shows the results of the build.
      const target = join(optionOf(forBuild, '--target-path') ?? 'target', 'backfill');
      const args = [...dbtArgs, ...call, ...refresh, ...vars, ...forBuild, '--target-path', target];
      if (!(await run({ name: 'backfill', command: dbt, args }))) return;
    }
    await state.remember();
  }
  await run({ name: 'docs', command: dbt, args: [...dbtArgs, 'docs', 'generate', '--no-compile', ...vars] });
});
