// The row of a comparison in the table of docs/public-projects.md.
import { entries } from './differences.mjs';

/** @typedef {import('./outcome.mjs').Outcome} Outcome */
/** @typedef {import('./differences.mjs').Difference} Difference */

const COLUMNS = [
  'project',
  'command',
  'packages',
  'nodes',
  'same nodes',
  'same depends_on',
  'same config',
  'equal entries',
  'equal SQL',
  'statuses',
  'equal statuses',
  'equal relations',
  'seconds dbt / tsdbt',
];

/** The two lines above the rows. */
export const HEADER = `| ${COLUMNS.join(' | ')} |\n|${' --- |'.repeat(COLUMNS.length)}`;

/** @param {Outcome} o */
export function statuses(o) {
  /** @type {Record<string, number>} */
  const by = {};
  for (const { status } of Object.values(o.results)) by[status] = (by[status] ?? 0) + 1;
  const counted = Object.entries(by).map(([status, n]) => `${n} ${status}`);
  return counted.sort().join(', ') || (o.status === 2 ? 'refused' : '-');
}

/**
 * @param {string} project @param {string} command @param {string[]} packages names
 * @param {Outcome} dbt @param {Outcome} tsdbt @param {Difference[]} found
 */
export function row(project, command, packages, dbt, tsdbt, found) {
  const [a, b] = [entries(dbt), entries(tsdbt)];
  const differing = (/** @type {RegExp} */ kind) => new Set(found.filter((d) => kind.test(d.kind)).map((d) => d.id));
  // Of all that either has, so that what only tsdbt has lowers the count too.
  const of = (/** @type {number} */ equal, /** @type {number} */ total) =>
    total === 0 ? '-' : equal === total ? `${total}` : `**${equal} of ${total}**`;
  const ids = new Set([...a.nodes.keys(), ...b.nodes.keys()]);
  // The id of a node is unique; its section only tells where it is.
  const nodeIds = new Set([...ids].map((key) => key.slice(key.indexOf(' ') + 1)));
  const equalNodes = (/** @type {string} */ part) =>
    rest(nodeIds, differing(new RegExp(`^manifest \\w+\\.\\*(\\.${part}\\b.*)?$`)));
  const all = new Set([...a.all.keys(), ...b.all.keys()]);
  const unequal = differing(/^manifest /);
  const results = new Set([...Object.keys(dbt.results), ...Object.keys(tsdbt.results)]);
  const compiled = [...results].filter((id) => dbt.results[id]?.compiled || tsdbt.results[id]?.compiled);
  const relations = new Set([...Object.keys(dbt.relations), ...Object.keys(tsdbt.relations)]);
  const rest = (/** @type {Iterable<string>} */ set, /** @type {Set<string>} */ bad) => {
    const list = [...set];
    return of(list.filter((id) => !bad.has(id)).length, list.length);
  };
  const cells = [
    project,
    command,
    packages.length > 0 ? packages.join(', ') : '-',
    `${a.nodes.size}`,
    of([...ids].filter((id) => a.nodes.has(id) && b.nodes.has(id)).length, ids.size),
    equalNodes('depends_on'),
    equalNodes('config'),
    of([...all].filter((key) => !unequal.has(key.slice(key.indexOf(' ') + 1))).length, all.size),
    rest(compiled, differing(/^compiled$/)),
    statuses(dbt),
    rest(results, differing(/^status$/)),
    rest(relations, differing(/^relation$/)),
    `${dbt.seconds.toFixed(1)} / ${tsdbt.seconds.toFixed(1)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
