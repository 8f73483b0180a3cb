// What differs between two outcomes, as one line a difference under the name of its kind.

/** @typedef {import('./outcome.mjs').Outcome} Outcome */
/** @typedef {{ kind: string, id: string, text: string }} Difference */

/** The sections of the manifest that hold what ref, source and selectors reach. */
export const NODE_SECTIONS = [
  'nodes',
  'sources',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'unit_tests',
  'functions',
];
const ENTRY_SECTIONS = [...NODE_SECTIONS, 'macros', 'docs', 'groups', 'selectors', 'disabled'];

/** @param {unknown} v @param {number} [length] */
function short(v, length = 160) {
  const text = v === undefined ? 'absent' : typeof v === 'string' ? v : JSON.stringify(v);
  const line = text.replace(/\s*\n\s*/g, ' ⏎ ');
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);

/** SQL or a message without comments and without white space that separates nothing. @param {string | null | undefined} text */
const folded = (text) =>
  (text ?? '')
    .replace(/--[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w' ]) ?/g, '$1')
    .trim();

/** What a run has from the clock, from chance and from where it ran. @param {string} text */
const masked = (text) =>
  text
    .replace(/[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}/g, '<uuid>')
    .replace(/\b\d{10,16}\.\d+\b/g, '<seconds>')
    .replace(/\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:?\d\d|Z)?)?/g, '<time>');

/** @param {string} a @param {string} b */
function firstDifference(a, b) {
  let at = 0;
  while (a[at] === b[at]) at += 1;
  const around = (/** @type {string} */ s) => `…${s.slice(Math.max(0, at - 60), at + 100)}`;
  return `dbt ${around(a)} | tsdbt ${around(b)}`;
}

/** Where two JSON values differ, as paths. @param {any} a @param {any} b @param {string[]} path @returns {Generator<{ path: string[], a: any, b: any }>} */
function* paths(a, b, path) {
  const objects = [a, b].every((v) => v !== null && typeof v === 'object' && !Array.isArray(v));
  if (!objects || path.at(-1) === 'columns') {
    if (!same(a, b)) yield { path, a, b };
    return;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) yield* paths(a[key], b[key], [...path, key]);
}

/** @param {Record<string, any>} a @param {Record<string, any>} b */
const idsOf = (a, b) => [...new Set([...Object.keys(a), ...Object.keys(b)])];

/** @param {Outcome} dbt @param {Outcome} tsdbt @returns {Difference[]} */
function manifestDifferences(dbt, tsdbt) {
  return [...paths(dbt.manifest, tsdbt.manifest, [])].map(({ path, a, b }) => ({
    kind: `manifest ${path.map((p, i) => (i === 1 ? '*' : p)).join('.')}`,
    id: path[1] ?? '',
    text: `dbt ${short(a)} | tsdbt ${short(b)}`,
  }));
}

/** @param {Outcome} dbt @param {Outcome} tsdbt @returns {Difference[]} */
function listedDifferences(dbt, tsdbt) {
  return [...paths(dbt.listed, tsdbt.listed, [])].map(({ path, a, b }) => ({
    kind: `ls ${path.slice(1).join('.') || 'nodes'}`,
    id: path[0] ?? '',
    text: `dbt ${short(a)} | tsdbt ${short(b)}`,
  }));
}

/** @param {Outcome} dbt @param {Outcome} tsdbt @returns {Difference[]} */
function resultDifferences(dbt, tsdbt) {
  return idsOf(dbt.results, tsdbt.results).flatMap((id) => {
    const [a, b] = [dbt.results[id], tsdbt.results[id]];
    if (a?.status !== b?.status || a?.failures !== b?.failures) {
      const said = (/** @type {typeof a} */ r) =>
        r ? `${r.status} (${r.failures ?? '-'}) ${short(r.message, 200)}` : 'absent';
      return [{ kind: 'status', id, text: `dbt ${said(a)} | tsdbt ${said(b)}` }];
    }
    if (folded(a?.message) === folded(b?.message)) return [];
    return [{ kind: 'message', id, text: firstDifference(folded(a?.message), folded(b?.message)) }];
  });
}

/** @param {Outcome} dbt @param {Outcome} tsdbt @returns {Difference[]} */
function compiledDifferences(dbt, tsdbt) {
  return idsOf(dbt.results, tsdbt.results).flatMap((id) => {
    const [a, b] = [folded(dbt.results[id]?.compiled), folded(tsdbt.results[id]?.compiled)];
    return a === b ? [] : [{ kind: 'compiled', id, text: firstDifference(a, b) }];
  });
}

/** @param {Outcome} dbt @param {Outcome} tsdbt @returns {Difference[]} */
function relationDifferences(dbt, tsdbt) {
  return idsOf(dbt.relations, tsdbt.relations)
    .filter((id) => !same(dbt.relations[id], tsdbt.relations[id]))
    .map((id) => ({
      kind: 'relation',
      id,
      text: `dbt ${short(dbt.relations[id])} | tsdbt ${short(tsdbt.relations[id])}`,
    }));
}

const KINDS = /** @type {const} */ ([
  ['manifest', manifestDifferences],
  ['ls', listedDifferences],
  ['results', resultDifferences],
  ['compiled', compiledDifferences],
  ['relations', relationDifferences],
]);

/**
 * Every difference of the kinds that were asked for.
 * @param {Outcome} dbt @param {Outcome} tsdbt @param {Set<string>} only
 */
export function differences(dbt, tsdbt, only) {
  /** @type {Difference[]} */
  const found = [];
  if (dbt.status !== tsdbt.status)
    found.push({ kind: 'exit status', id: '', text: `dbt ${dbt.status} | tsdbt ${tsdbt.status}` });
  for (const [name, of] of KINDS) if (only.has(name)) found.push(...of(dbt, tsdbt));
  return found;
}

/**
 * Whether a unit test's status differs because dbt runs the unit tests of a model in the order of a set, which is another one in each
 * run: after the first that fails, the others are skipped. So it counts as equal when one of the two skipped it, while unit tests of the
 * same model failed in both.
 * @param {Difference} d @param {Outcome} dbt @param {Outcome} tsdbt
 */
function isOrderOfUnitTests(d, dbt, tsdbt) {
  const model = (/** @type {string} */ id) => dbt.manifest['unit_tests']?.[id]?.depends_on?.nodes?.[0];
  if (d.kind !== 'status' || model(d.id) === undefined) return false;
  const of = (/** @type {Outcome} */ o, /** @type {string} */ id) => o.results[id]?.status;
  if (of(dbt, d.id) !== 'skipped' && of(tsdbt, d.id) !== 'skipped') return false;
  const siblings = Object.keys(dbt.manifest['unit_tests'] ?? {}).filter((id) => model(id) === model(d.id));
  return [dbt, tsdbt].every((o) => siblings.some((id) => ['error', 'fail'].includes(of(o, id) ?? '')));
}

/**
 * Leaves out the differences that two runs of dbt have as well, if they are of the clock and of chance: texts must be equal once
 * times and ids are masked, rows need not.
 * @param {Difference[]} found @param {Outcome} dbt @param {Outcome} tsdbt @param {Outcome} again dbt's second run
 */
export function withoutChance(found, dbt, tsdbt, again) {
  const moving = new Set(differences(dbt, again, new Set(KINDS.map(([name]) => name))).map((d) => `${d.kind} ${d.id}`));
  return found.filter((d) => {
    if (isOrderOfUnitTests(d, dbt, tsdbt)) return false;
    if (!moving.has(`${d.kind} ${d.id}`)) return true;
    if (d.kind === 'relation') return false;
    const text = (/** @type {Outcome} */ o) => {
      const r = o.results[d.id];
      if (d.kind === 'compiled') return folded(r?.compiled);
      if (d.kind === 'message' || d.kind === 'status') return `${r?.status} ${folded(r?.message)}`;
      return JSON.stringify(d.kind.startsWith('ls ') ? o.listed[d.id] : entry(o, d.id)) ?? '';
    };
    return masked(text(dbt)) !== masked(text(tsdbt));
  });
}

/** @param {Outcome} o @param {string} id */
function entry(o, id) {
  return ENTRY_SECTIONS.map((section) => o.manifest[section]?.[id]).find((e) => e !== undefined);
}

/** The entries of the manifest by section and id, and the nodes among them. @param {Outcome} o */
export function entries(o) {
  const list = (/** @type {string[]} */ sections) =>
    new Map(sections.flatMap((s) => Object.entries(o.manifest[s] ?? {}).map(([id, e]) => [`${s} ${id}`, e])));
  return { all: list(ENTRY_SECTIONS), nodes: list(NODE_SECTIONS) };
}
