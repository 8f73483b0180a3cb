import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// biome-ignore lint/suspicious/noTsIgnore: a plain module of the flagship, whose types are its JSDoc
// @ts-ignore
import { DASHBOARDS } from '../../project/dashboards/dashboards.mjs';
import { launch, openPage } from './chromium.js';

interface Dashboard {
  readonly name: string;
  readonly title: string;
  readonly marts: readonly string[];
  readonly queries: Readonly<Record<string, string>>;
  readonly tiles: readonly { readonly title: string; readonly query: string; readonly column: string }[];
  readonly charts: readonly { readonly title: string; readonly query: string }[];
  readonly tables: readonly { readonly title: string; readonly query: string }[];
}

const root = resolve(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'tsdbt-dashboards-'));
const lake = join(work, 'lake');
const out = join(work, 'site');
const database = join(lake, 'warehouse.duckdb');
let browser: Browser;

beforeAll(async () => {
  const run = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, [join(root, 'project', script), '--lake', lake, ...args], {
      cwd: root,
      stdio: 'pipe',
    });
  run(
    'run.mjs',
    '--scale',
    '300',
    '--days',
    '20',
    '--',
    '--target-path',
    join(work, 'target'),
    '--log-path',
    join(work, 'logs'),
  );
  run('dashboards/main.mjs', '--database', database, '--out', out);
  browser = await launch();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  rmSync(work, { recursive: true, force: true });
});

/** Rows of a dashboard's query, asked of the warehouse itself. */
async function fromWarehouse(dashboard: Dashboard, query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    await connection.run(
      `set search_path = '${[...new Set(dashboard.marts.map((mart) => mart.split('.')[0]))].join(',')}'`,
    );
    return (await connection.runAndReadAll(dashboard.queries[query] ?? '')).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A value as the page must show it: numbers by their value, nothing as a dash. */
function comparable(text: unknown): string {
  if (text === null || text === undefined) return '–';
  const plain = String(text).replace(/^\$/, '').replaceAll(',', '');
  return plain !== '' && Number.isFinite(Number(plain)) ? String(Math.round(Number(plain) * 1e4) / 1e4) : String(text);
}

it('has a page for every dashboard, and the marts as Parquet', () => {
  expect(
    readdirSync(out)
      .filter((name) => name.endsWith('.html'))
      .sort(),
  ).toEqual(['index.html', ...(DASHBOARDS as Dashboard[]).map((it) => `${it.name}.html`)].sort());
  expect(readdirSync(join(out, 'data')).length).toBe(
    new Set((DASHBOARDS as Dashboard[]).flatMap((it) => it.marts)).size,
  );
});

describe.each(DASHBOARDS as Dashboard[])('$title', (dashboard) => {
  it('opens from the folder; its charts have marks, its numbers are those of the marts', async () => {
    const { page, complaints } = await openPage(browser, pathToFileURL(join(out, `${dashboard.name}.html`)).href);
    await page.waitForSelector('body[data-ready="true"]');
    expect(await page.title()).toBe(dashboard.title);

    const marks = await page.$$eval('.charts > figure', (figures) =>
      figures.map((figure) => ({
        title: figure.querySelector('figcaption')?.textContent,
        marks: figure.querySelectorAll(
          'svg [aria-label="bar"] rect, svg [aria-label="dot"] circle, svg [aria-label="line"] path',
        ).length,
        size: Math.max(
          ...[...figure.querySelectorAll('svg rect, svg circle, svg path')].map(
            (mark) => mark.getBoundingClientRect().height,
          ),
        ),
      })),
    );
    expect(marks.map((chart) => chart.title)).toEqual(dashboard.charts.map((chart) => chart.title));
    for (const [i, chart] of marks.entries()) {
      const rows = await fromWarehouse(dashboard, dashboard.charts[i]?.query ?? '');
      expect(rows.length, chart.title ?? '').toBeGreaterThan(0);
      expect(chart.marks, chart.title ?? '').toBeGreaterThan(0);
      expect(chart.size, chart.title ?? '').toBeGreaterThan(1);
    }

    const tiles = await page.$$eval('.tile strong', (found) => found.map((tile) => tile.textContent));
    for (const [i, tile] of dashboard.tiles.entries()) {
      const [row] = await fromWarehouse(dashboard, tile.query);
      expect(comparable(tiles[i]), tile.title).toBe(comparable(row?.[tile.column]));
    }

    for (const [selector, query] of [
      ...dashboard.charts.map((chart, i) => [`.charts > figure:nth-of-type(${i + 1}) tbody tr`, chart.query] as const),
      ...dashboard.tables.map((table, i) => [`section.table:nth-of-type(${i + 3}) tbody tr`, table.query] as const),
    ]) {
      const shown = await page.$$eval(selector, (rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      );
      const rows = await fromWarehouse(dashboard, query);
      expect(
        shown.map((row) => row.map(comparable)),
        `${selector} of ${query}`,
      ).toEqual(rows.map((row) => Object.values(row).map(comparable)));
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
