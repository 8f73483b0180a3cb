// What a dashboard is: plain data. Its queries read marts by their names, its charts and tiles read queries.

/**
 * @typedef {object} Tile one number
 * @property {string} title
 * @property {string} query the first row of this query
 * @property {string} column
 * @property {string} [unit] before the number
 */

/**
 * @typedef {object} Chart
 * @property {string} title
 * @property {string} query
 * @property {'bar' | 'row' | 'dot' | 'line' | 'curve'} kind upright bars, lying bars, points, a line over days, a line over numbers in the rows' order
 * @property {string} x
 * @property {string} y
 * @property {string} [color] column that tells series apart; bars of one place are stacked
 * @property {string} [order] column by which the places on the axis are ordered
 * @property {Readonly<Record<string, string>>} [colors] of the series, where they have a meaning
 * @property {string} [unit] of the measure, before the number
 * @property {boolean} [diagonal] a line where both measures are equal, from 0 to 1, for comparison
 * @property {boolean} [log] is the measure's axis logarithmic? bars use a square root, for they begin at 0
 */

/**
 * @typedef {object} Dashboard
 * @property {string} name of its exposure, and of its file
 * @property {string} title
 * @property {string} description
 * @property {readonly string[]} marts `schema.name`; the exposure's depends_on must have them too
 * @property {Readonly<Record<string, string>>} queries SQL of DuckDB over the marts by name
 * @property {readonly Tile[]} tiles
 * @property {readonly Chart[]} charts
 * @property {readonly {title: string, query: string}[]} tables
 */

/** @typedef {Readonly<Record<string, string | number | boolean | null>>} Row */
/** @typedef {Pick<Dashboard, 'title' | 'tiles' | 'charts' | 'tables'> & { data: Readonly<Record<string, readonly Row[]>> }} PageData */

/** Levels of risk from low to critical, readable without telling red from green. */
export const RISK_COLORS = Object.freeze({
  low: '#5aa897',
  moderate: '#e3b23c',
  medium: '#e3b23c',
  high: '#e07a3f',
  critical: '#b3273a',
});

/** @param {string} text */
export function escapeHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const frame = (/** @type {string} */ title, /** @type {string} */ body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="dashboards.css">
</head>
<body>
${body}
</body>
</html>
`;

/** A dashboard's page; what it shows is in it, so that it opens from the folder. @param {Dashboard} dashboard @param {PageData['data']} data @param {string} builtFrom */
export function pageHtml(dashboard, data, builtFrom) {
  const { title, tiles, charts, tables } = dashboard;
  const content = JSON.stringify({ title, tiles, charts, tables, data }).replaceAll('<', '\\u003c');
  return frame(
    title,
    `<header><a href="index.html">Dashboards</a><h1>${escapeHtml(title)}</h1><p>${escapeHtml(dashboard.description)}</p></header>
<main id="dashboard"></main>
<footer>${escapeHtml(builtFrom)}</footer>
<script type="application/json" id="content">${content}</script>
<script src="dashboards.js"></script>`,
  );
}

/** @param {readonly Dashboard[]} dashboards @param {string} builtFrom */
export function indexHtml(dashboards, builtFrom) {
  const items = dashboards.map(
    (it) => `<li><a href="${it.name}.html">${escapeHtml(it.title)}</a><p>${escapeHtml(it.description)}</p></li>`,
  );
  return frame(
    'Dashboards',
    `<header><h1>Dashboards</h1></header>\n<main><ul class="list">${items.join('\n')}</ul></main>\n<footer>${escapeHtml(builtFrom)}</footer>`,
  );
}
