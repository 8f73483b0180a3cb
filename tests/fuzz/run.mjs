// The fuzzers, for as long as wanted, against the build in dist/ (`npm run build` first).
//
//   node tests/fuzz/run.mjs [TARGET]... [--seconds 60 | --rounds N] [--seed S] [--corpus DIR]...
//   node tests/fuzz/run.mjs TARGET --seed S --round R      one round again, its input shown
//   node tests/fuzz/run.mjs scaling                        whether time grows as inputs do; part of a run of all
//
// Without a target all of them share the time. --corpus mutates the .sql and .yml files below a directory besides the repository's own.
// Whatever is wrong is printed with the command that repeats it; a round that does not end within 30 seconds counts too. Exits 1 then.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const HANG_MS = 30_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const given = process.cwd();
process.chdir(root);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    round: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    corpus: { type: 'string', multiple: true, default: [] },
    'no-shrink': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);

/** Bundles the fuzzers; what they fuzz is the build. @param {string} entry */
async function bundled(entry) {
  const directory = join(root, 'node_modules/.cache/fuzz');
  mkdirSync(directory, { recursive: true });
  const outfile = join(directory, `${entry}.mjs`);
  await build({
    entryPoints: [join(root, `tests/fuzz/${entry}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    plugins: [
      {
        name: 'the build instead of the sources',
        setup({ onResolve }) {
          onResolve({ filter: /\/src\/.*\.js$/ }, ({ path }) => {
            const file = join(root, 'dist', path.slice(path.indexOf('/src/') + 5));
            return { path: pathToFileURL(file).href, external: true };
          });
        },
      },
    ],
  });
  return outfile;
}

/** @param {string[]} directories */
function corpusOf(directories) {
  const corpus = { sql: /** @type {string[]} */ ([]), yml: /** @type {string[]} */ ([]) };
  for (const directory of directories) {
    for (const entry of readdirSync(resolve(given, directory), { recursive: true, withFileTypes: true })) {
      const kind = /\.sql$/.test(entry.name) ? 'sql' : /\.ya?ml$/.test(entry.name) ? 'yml' : null;
      if (!kind || !entry.isFile()) continue;
      const text = readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8');
      if (text !== '') corpus[kind].push(text);
    }
  }
  return corpus;
}

const worker = await bundled('worker');
const { TARGETS } = await import(pathToFileURL(await bundled('targets')).href);
const corpus = corpusOf(values.corpus);
const scales = positionals.length === 0 || positionals.includes('scaling');
const chosen = TARGETS.filter(
  (/** @type {{ name: string }} */ t) => positionals.length === 0 || positionals.includes(t.name),
);
const unknown = positionals.filter(
  (name) => name !== 'scaling' && !TARGETS.some((/** @type {{ name: string }} */ t) => t.name === name),
);
if (unknown.length > 0) {
  console.error(`no such fuzzer: ${unknown.join(', ')}; there are:`);
  for (const { name, what } of TARGETS) console.error(`  ${name.padEnd(14)} ${what}`);
  process.exit(2);
}

let failures = 0;
/** @param {string} target @param {number} round */
const again = (target, round) =>
  `node tests/fuzz/run.mjs ${target} --seed ${seed} --round ${round}${values.corpus.map((c) => ` --corpus ${c}`).join('')}`;

/** @param {string} title @param {string} target @param {number} round @param {string} more */
function report(title, target, round, more) {
  failures += 1;
  console.log(`\n${target}: ${title}\n  again: ${again(target, round)}\n${more}`);
}

/** Runs rounds in a worker; gives how many it did. A hang or a crash ends the worker. @param {string} target @param {number} from @param {number} rounds @param {number} until @returns {Promise<number>} */
function work(target, from, rounds, until) {
  const progress = new Float64Array(new SharedArrayBuffer(16));
  progress[0] = from;
  progress[1] = Date.now();
  const replay = values.round !== undefined;
  const thread = new Worker(worker, {
    workerData: { target, seed, from, rounds, until, corpus, progress, replay, shrinks: !values['no-shrink'] },
    resourceLimits: { maxOldGenerationSizeMb: 2048 },
  });
  return new Promise((done) => {
    const reached = () => progress[0] - from + 1;
    const watch = setInterval(() => {
      if (Date.now() - progress[1] < HANG_MS) return;
      report(`did not end within ${HANG_MS / 1000} s`, target, progress[0], '');
      finish(reached());
    }, 500);
    /** @param {number} count */
    const finish = (count) => {
      clearInterval(watch);
      thread.terminate().then(() => done(count));
    };
    thread.on('message', ({ failure, smaller, of, input, done: count }) => {
      if (input !== undefined) console.log(`input: ${JSON.stringify(input)}`);
      if (failure) {
        const shown = JSON.stringify(failure.input);
        report(
          failure.kind,
          target,
          failure.round,
          `  input: ${shown.slice(0, 2000)}\n${failure.problem.slice(0, 2500)}`,
        );
      }
      if (smaller !== undefined)
        console.log(`  ${target} ${of.round}, smaller: ${JSON.stringify(smaller).slice(0, 2000)}`);
      if (count !== undefined) finish(count);
    });
    thread.on('error', (error) => {
      report(`the worker ended: ${error.message}`, target, progress[0], error.stack ?? '');
      finish(reached());
    });
  });
}

if (scales) {
  const { growths } = await import(pathToFileURL(await bundled('scaling')).href);
  const all = growths();
  for (const { name, small, large, linear } of all) {
    const line = `${small[0]} characters ${small[1].toFixed(1)} ms, ${large[0]} characters ${large[1].toFixed(1)} ms`;
    if (positionals.length > 0) console.log(`${linear ? ' ' : '!'} ${name.padEnd(24)} ${line}`);
    if (!linear) report(`time grows faster than the text: ${name}`, 'scaling', 0, `  ${line}`);
  }
  console.log(`scaling        ${all.length} kinds of inputs`);
}

if (values.round !== undefined) {
  await work(chosen[0].name, Number(values.round), 1, 0);
} else {
  const total = chosen.reduce((/** @type {number} */ sum, /** @type {{ share: number }} */ t) => sum + t.share, 0);
  const seconds = values.rounds === undefined ? Number(values.seconds ?? 60) : 0;
  console.log(`seed ${seed}`);
  for (const { name, share } of chosen) {
    const start = Date.now();
    const until = seconds > 0 ? start + (seconds * 1000 * share) / total : 0;
    const rounds = values.rounds === undefined ? 2 ** 40 : Number(values.rounds);
    let did = 0;
    while (did < rounds && (until === 0 || Date.now() < until)) {
      const count = await work(name, did, rounds - did, until);
      if (count === 0) break;
      did += count;
    }
    console.log(`${name.padEnd(14)} ${did} rounds in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
}
console.log(failures === 0 ? 'nothing found' : `${failures} found`);
process.exit(failures === 0 ? 0 : 1);
