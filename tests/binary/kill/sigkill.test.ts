import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeProject, temporaryDirectory, writeFiles } from '../../helpers/project.js';
import { Random } from '../../helpers/random.js';
import { Running, tsdbt } from '../tsdbt.js';
import { projectOf, WINDOW } from './project.js';
import { filesOf, type State, stateOf, writers } from './state.js';

/** `.ci/run` asks for 50. */
const KILLS = Number(process.env['TSDBT_KILLS'] ?? 4);
const SEED = Number(process.env['TSDBT_KILL_SEED'] ?? 1);

const BUILD = ['build', ...WINDOW];

/** What a build says when a stretch of it begins; the last is the time after the last line, in which the database is closed. */
const STRETCHES = ['', 'Registered adapter', 'START', 'Finished running', 'Done.'] as const;

/** A line after which to wait how many milliseconds before the kill. */
interface Moment {
  readonly after: string;
  readonly wait: number;
}

/** Builds a project and measures when each line was printed, in milliseconds. */
async function timed(project: string): Promise<{ line: string; at: number }[]> {
  const begun = performance.now();
  const lines: { line: string; at: number }[] = [{ line: '', at: 0 }];
  const run = new Running(BUILD, project);
  run.child.stdout?.on('data', (data) => {
    for (const line of String(data).split('\n')) lines.push({ line, at: performance.now() - begun });
  });
  const done = await run.done;
  expect(done, done.stdout).toMatchObject({ status: 0, stderr: '' });
  lines.push({ line: 'the end', at: performance.now() - begun });
  return lines;
}

/** Moments that are spread over all stretches, half of them over the run itself. */
function moments(random: Random, lines: readonly { line: string; at: number }[]): Moment[] {
  const starts = lines.flatMap(({ line }) => /\d+ of \d+ START/.exec(line)?.[0] ?? []);
  return random.times(KILLS, (i) => {
    const stretch = i % 2 === 0 ? 'START' : random.pick(STRETCHES);
    const after = stretch === 'START' ? random.pick(starts) : stretch;
    const at = lines.findIndex(({ line }) => line.includes(after));
    const next = lines.slice(at + 1).find(({ line }) => (stretch === 'START' ? line.includes('OK') : true));
    const length = (next?.at ?? 0) - (lines[at]?.at ?? 0);
    return { after, wait: random.next() * (stretch === 'Registered adapter' ? 300 : Math.max(length, 20)) };
  });
}

/** Every entry is the old or the new one. */
function expectOldOrNew(kind: keyof State, found: State, old: State, fresh: State, what: string): void {
  for (const name of new Set([...Object.keys(old[kind]), ...Object.keys(fresh[kind])])) {
    expect.soft([old[kind][name], fresh[kind][name]], `${what}: ${name}`).toContain(found[kind][name]);
  }
}

/** A backup is dropped after the commit: after a kill it may still be there, until the next build. */
const isBetween = (name: string): boolean => name.includes('__dbt_');

describe('SIGKILL at random moments of a build', () => {
  it(
    `leaves what was or what shall be; the next build gives the rows of an undisturbed one (${KILLS} kills)`,
    async () => {
      const before = makeProject(projectOf(1));
      expect(tsdbt(BUILD, before).status).toBe(0);
      const old = await stateOf(before);
      const clean = join(temporaryDirectory(), 'project');
      cpSync(before, clean, { recursive: true });
      writeFiles(clean, projectOf(2));
      const lines = await timed(clean);
      const fresh = await stateOf(clean);
      const files = filesOf(clean);

      const random = new Random(SEED);
      for (const [i, moment] of moments(random, lines).entries()) {
        const what = `kill ${i + 1} of seed ${SEED}, ${moment.wait.toFixed(1)} ms after '${moment.after}'`;
        const project = join(temporaryDirectory(), 'project');
        cpSync(before, project, { recursive: true });
        writeFiles(project, projectOf(2));
        const run = new Running(BUILD, project);
        if (moment.after !== '') await run.says(moment.after);
        await new Promise((wake) => setTimeout(wake, moment.wait));
        run.child.kill('SIGKILL');
        const { status, stdout } = await run.done;
        // At the end it may have been faster.
        if (status !== null) expect(status, what).toBe(0);
        const left = await stateOf(project, { views: false });
        expectWhole(left, old, fresh, what, stdout);
        writers(project);

        // `retry` goes by the last results that were written: what was killed before it wrote any is built anew.
        if (i % 2 === 0) expect(tsdbt(['retry'], project), what).toMatchObject({ status: 0, stderr: '' });
        expect(tsdbt(BUILD, project), what).toMatchObject({ status: 0, stderr: '' });
        expect(await stateOf(project), what).toEqual(fresh);
        expect(filesOf(project), what).toEqual(files);
        expect(new Set(Object.values(writers(project))).size, what).toBeLessThanOrEqual(2);
        rmSync(project, { recursive: true });
      }
    },
    60_000 + KILLS * 20_000,
  );
});

function expectWhole(left: State, old: State, fresh: State, what: string, stdout: string): void {
  expectOldOrNew('relations', left, old, fresh, what);
  expectOldOrNew('files', left, old, fresh, what);
  const other = Object.keys(left.relations).filter((name) => !(name in old.relations || name in fresh.relations));
  expect
    .soft(
      other.filter((name) => !isBetween(name)),
      what,
    )
    .toEqual([]);
  // What a hook inside the transaction wrote is there when the model is, and only then.
  for (const [name, rows] of Object.entries(fresh.relations)) {
    const hooked = left.relations[`audit of ${name.replace('main.', '')} 2`] === 'there';
    const known = fresh.relations[`audit of ${name.replace('main.', '')} 2`] === 'there';
    if (!known || rows === old.relations[name] || name === 'main.batches') continue;
    expect.soft(hooked, `${what}: the hook of ${name}\n${stdout}`).toBe(left.relations[name] === rows);
  }
}
