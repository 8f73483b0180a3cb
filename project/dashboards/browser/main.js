// Draws a dashboard from the data in its page: tiles, charts with the rows behind them, tables.
// @ts-check
import * as Plot from '@observablehq/plot';

/** @typedef {import('../page.mjs').PageData} PageData */
/** @typedef {import('../page.mjs').Chart} Chart */
/** @typedef {import('../page.mjs').Row} Row */

/** @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} children */
function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** @param {string} name */
const label = (name) => name.replaceAll('_', ' ');

/** @param {Row[string]} value @param {string} [unit] */
function shown(value, unit = '') {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  const digits = unit ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumFractionDigits: 4 };
  return unit + value.toLocaleString('en', digits);
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const names = Object.keys(rows[0] ?? {});
  const isNumber = (/** @type {string} */ name) => rows.some((row) => typeof row[name] === 'number');
  const cell = (/** @type {string} */ tag, /** @type {string} */ name, /** @type {string} */ text) =>
    element(tag, isNumber(name) ? { class: 'number' } : {}, text);
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...names.map((name) => cell('th', name, label(name))))),
    element(
      'tbody',
      {},
      ...rows.map((row) => element('tr', {}, ...names.map((name) => cell('td', name, shown(row[name] ?? null))))),
    ),
  );
}

/** The series in the legend: those with a meaning in its order, others as they come. @param {Chart} chart @param {readonly Readonly<Record<string, unknown>>[]} rows */
function colorsOf({ color = '', colors }, rows) {
  const series = [...new Set(rows.map((row) => String(row[color])))];
  if (!colors) return { domain: series };
  const domain = Object.keys(colors).filter((name) => series.includes(name));
  return { domain, range: domain.map((name) => colors[name] ?? '') };
}

/** @param {Chart} chart @param {readonly Row[]} given */
function plot(chart, given) {
  const isTime = chart.kind === 'line';
  const rows = isTime ? given.map((row) => ({ ...row, [chart.x]: new Date(`${row[chart.x]}T00:00:00Z`) })) : [...given];
  const measure = chart.kind === 'row' ? 'x' : 'y';
  const place = measure === 'x' ? 'y' : 'x';
  const places = [
    ...new Set(
      [...rows]
        .sort((a, b) => (chart.order ? Number(a[chart.order]) - Number(b[chart.order]) : 0))
        .map((row) => row[chart[place]]),
    ),
  ];
  const channels = { x: chart.x, y: chart.y, ...(chart.color ? { fill: chart.color } : {}) };
  const tip = { tip: true };
  const diagonal = chart.diagonal
    ? [Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: 'currentColor', strokeOpacity: 0.4, strokeDasharray: '4' })]
    : [];
  const marks = {
    bar: () => [Plot.barY(rows, { ...channels, fill: chart.color ?? 'var(--accent)', ...tip }), Plot.ruleY([0])],
    row: () => [Plot.barX(rows, { ...channels, fill: chart.color ?? 'var(--accent)', ...tip }), Plot.ruleX([0])],
    dot: () => [
      ...diagonal,
      Plot.dot(rows, { ...channels, fill: chart.color ?? 'var(--accent)', r: 4, fillOpacity: 0.7, ...tip }),
    ],
    line: () => [Plot.lineY(rows, { x: chart.x, y: chart.y, stroke: 'var(--accent)', ...tip }), Plot.ruleY([0])],
    curve: () => [
      ...diagonal,
      Plot.line(rows, { x: chart.x, y: chart.y, stroke: 'var(--accent)', ...tip }),
      Plot.ruleY([0]),
    ],
  };
  const isBar = chart.kind === 'bar' || chart.kind === 'row';
  const scale = {
    label: label(chart[measure]) + (chart.unit ? ` (${chart.unit})` : ''),
    grid: true,
    ...(chart.log ? { type: isBar ? 'sqrt' : 'log' } : {}),
  };
  const axis = { label: isTime ? null : label(chart[place]), ...(isBar ? { domain: places } : {}) };
  return Plot.plot({
    ariaLabel: chart.title,
    width: 640,
    height: chart.kind === 'row' ? 60 + 28 * places.length : 300,
    // Some six pixels a letter.
    marginLeft: chart.kind === 'row' ? Math.max(130, 20 + 6 * Math.max(...places.map((it) => String(it).length))) : 70,
    marginBottom: 40,
    style: { background: 'transparent' },
    ...(chart.color ? { color: { legend: true, ...colorsOf(chart, rows) } } : {}),
    [measure]: /** @type {Plot.ScaleOptions} */ (scale),
    [place]: /** @type {Plot.ScaleOptions} */ (axis),
    marks: marks[chart.kind](),
  });
}

/** @param {PageData} page */
function draw({ tiles, charts, tables, data }) {
  const main = /** @type {HTMLElement} */ (document.getElementById('dashboard'));
  const rows = (/** @type {string} */ query) => data[query] ?? [];
  main.append(
    element(
      'section',
      { class: 'tiles' },
      ...tiles.map((tile) =>
        element(
          'div',
          { class: 'tile', 'data-query': tile.query, 'data-column': tile.column },
          element('strong', {}, shown(rows(tile.query)[0]?.[tile.column] ?? null, tile.unit)),
          element('span', {}, tile.title),
        ),
      ),
    ),
  );
  main.append(
    element(
      'section',
      { class: 'charts' },
      ...charts.map((chart) =>
        element(
          'figure',
          { 'data-query': chart.query },
          element('figcaption', {}, chart.title),
          rows(chart.query).length > 0 ? plot(chart, rows(chart.query)) : element('p', {}, 'No rows.'),
          element('details', {}, element('summary', {}, 'Rows'), table(rows(chart.query))),
        ),
      ),
    ),
  );
  for (const { title, query } of tables)
    main.append(
      element('section', { class: 'table', 'data-query': query }, element('h2', {}, title), table(rows(query))),
    );
}

draw(JSON.parse(document.getElementById('content')?.textContent ?? ''));
document.body.dataset.ready = 'true';
