import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Manifest } from '../../src/contracts/manifest.js';
import { manifestOf, seeded } from '../graph/random-manifest.js';
import { drawn, launch, openPage, siteOf, type WrittenSite } from './chromium.js';

let browser: Browser;
let site: WrittenSite;

beforeAll(async () => {
  browser = await launch();
  site = await siteOf({ manifest: largeManifest(1_500), catalog: null });
});
afterAll(async () => {
  await browser.close();
  site.remove();
});

/** Fifty areas of thirty models, each area on top of others; a test for each model. */
function largeManifest(count: number): Manifest {
  const random = seeded(3);
  const nodes: Record<string, string[]> = {};
  for (let i = 0; i < count; i++) {
    const area = Math.floor(i / 30);
    const within = i % 30;
    const parents = new Set<string>();
    for (let k = 0; within > 4 && k < 1 + random() * 2; k++)
      parents.add(`model.p.m${area * 30 + Math.floor(random() * within)}`);
    if (area > 0 && within < 5 && random() < 0.5) parents.add(`model.p.m${Math.floor(random() * area) * 30 + 29}`);
    nodes[`model.p.m${i}`] = [...parents];
    nodes[`test.p.not_null_m${i}.x`] = [`model.p.m${i}`];
  }
  const manifest = manifestOf(nodes);
  for (const [i, node] of Object.values(manifest.nodes).entries()) {
    Object.assign(node, {
      original_file_path: `models/area_${Math.floor(i / 60)}/${node.name}.sql`,
      description: 'One of many',
      columns: {},
      docs: { show: true, node_color: null },
    });
  }
  Object.assign(manifest.metadata, {
    generated_at: '2026-01-02T03:04:05Z',
    dbt_version: '1.11.0',
    adapter_type: 'duckdb',
  });
  return manifest;
}

it('1,500 models and as many tests: the page is there and answers while the graph is laid out', async () => {
  const { page, complaints } = await openPage(browser, `${site.url}#!/graph`);
  await page.waitForSelector('.graph.full');
  // The longest time that the page did not get to draw, until the graph stands.
  const longest = await page.evaluate(async () => {
    let most = 0;
    let last = performance.now();
    const ready = () => document.querySelector('.canvas')?.getAttribute('data-ready') === 'true';
    while (!ready() && last < 60_000) {
      await new Promise((done) => setTimeout(done, 16));
      most = Math.max(most, performance.now() - last);
      last = performance.now();
    }
    return most;
  });
  expect(Object.keys((await drawn(page)).nodes)).toHaveLength(1_500);
  expect(longest).toBeLessThan(3_000);
  await page.fill('#search', 'm1234');
  await page.waitForSelector('#search-results .result:has-text("m1234")');
  await page.keyboard.press('Enter');
  await page.waitForSelector('main h1:text-is("m1234")');
  expect((await drawn(page)).nodes).toHaveProperty(['model.p.m1234']);
  expect(complaints).toEqual([]);
});
