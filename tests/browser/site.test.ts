import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite } from '../../src/docs/serve-site.js';
import { plainSite } from '../docs/site-fixture.js';
import { drawn, launch, openPage, siteOf, type WrittenSite } from './chromium.js';

const ORDERS = 'model.select_demo.fct_orders';
let browser: Browser;
let site: WrittenSite;

beforeAll(async () => {
  browser = await launch();
  site = await siteOf(plainSite());
});
afterAll(async () => {
  await browser.close();
  site.remove();
});

describe('the site, opened from the disk without network', () => {
  it('has the overview of the project as its home', async () => {
    const { page, complaints } = await openPage(browser, site.url);
    expect(await page.textContent('main h1')).toBe('Welcome to the demo');
    expect(await page.title()).toBe('Overview · select_demo');
    expect(await page.textContent('#troubles')).toContain('unique_fct_orders_order_id');
    expect(complaints).toEqual([]);
  });

  it('opens the page of a model from the list, with what is above and below it', async () => {
    const { page, complaints } = await openPage(browser, site.url);
    for (const folder of ['models', 'marts', 'core']) {
      await page.click(`.tree summary:has(> .folder:text-is("${folder}"))`);
    }
    await page.click('.tree a:has-text("fct_orders")');
    await page.waitForSelector('main h1:text-is("fct_orders")');
    expect(page.url()).toContain(`#!/model/${ORDERS}`);
    const { nodes, edges } = await drawn(page);
    expect(nodes[ORDERS]).toBe('fct_orders');
    for (const near of [
      'model.select_demo.stg_orders',
      'model.select_demo.dim_customers',
      'source.select_demo.raw.orders',
      'model.select_demo.revenue',
      'exposure.select_demo.board',
    ]) {
      expect(nodes).toHaveProperty([near]);
    }
    expect(edges).toContain(`model.select_demo.stg_orders>${ORDERS}`);
    expect(edges).toContain(`${ORDERS}>model.select_demo.revenue`);
    expect(complaints).toEqual([]);
  });

  it('shows what is known of a model', async () => {
    const { page, complaints } = await openPage(browser, `${site.url}#!/model/${ORDERS}`);
    expect(await page.innerHTML('#description')).toContain('<strong>order</strong>');
    expect(await page.innerHTML('#description')).toContain('<table>');
    const rows = await page.$$eval('#columns tbody tr', (all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent)),
    );
    expect(rows[0]).toEqual(['ORDER_ID', 'BIGINT', '', 'unique']);
    expect(await page.textContent('#tests')).toContain('fail');
    expect(await page.textContent('#code pre')).toContain('select 1 as order_id -- compiled');
    await page.click('#code button:text-is("Source")');
    expect(await page.textContent('#code pre')).toContain("{{ ref('stg_orders') }}");
    expect(await page.textContent('#depends-on')).toContain('stg_payments');
    expect(await page.textContent('#referenced-by')).toContain('board');
    await page.click('#columns .chip.test');
    await page.waitForSelector('main h1:has-text("unique_fct_orders_order_id")');
    expect(await page.textContent('#test')).toContain('fct_orders');
    expect(complaints).toEqual([]);
  });

  it('has a page for every resource that it lists', async () => {
    const { page, complaints } = await openPage(browser, site.url);
    await page.click('button:text-is("Kinds")');
    await page.fill('.side input', 'e');
    const links = await page.$$eval('.tree a', (all) => all.map((a) => a.getAttribute('href') as string));
    expect(links.length).toBeGreaterThan(40);
    for (const link of links) {
      await page.evaluate((hash) => (location.hash = hash), link);
      await page.waitForFunction(
        (hash) => document.querySelector(`.tree a[aria-current]`)?.getAttribute('href') === hash,
        link,
      );
      expect(await page.textContent('main h1')).not.toBe('Not here');
    }
    expect(complaints).toEqual([]);
  });

  it('finds by the keyboard alone', async () => {
    const { page, complaints } = await openPage(browser, site.url);
    await page.keyboard.press('/');
    await page.keyboard.type('stg_cust');
    await page.waitForSelector('#search-results .result');
    expect(await page.textContent('#search-results [aria-selected="true"]')).toContain('stg_customers');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForSelector('main h1:text-is("stg_customers")');
    await page.fill('#search', 'blank');
    await page.waitForFunction(() => document.querySelector('#search-results')?.textContent === 'Nothing found');
    expect(complaints).toEqual([]);
  });

  it('draws the whole graph, and what a selector leaves of it', async () => {
    const { page, complaints } = await openPage(browser, `${site.url}#!/graph`);
    const all = await drawn(page);
    expect(Object.keys(all.nodes)).toContain('model.demo_pkg.pkg_summary');
    expect(all.nodes['model.select_demo.blank']).toBe('blank (hidden)');
    expect(Object.keys(all.nodes).some((id) => id.startsWith('test.'))).toBe(false);
    await page.fill('input[aria-label="Select"]', '+stg_payments');
    await page.click('button:text-is("Show")');
    await page.waitForSelector('.canvas[data-nodes="3"][data-ready="true"]');
    expect(Object.values((await drawn(page)).nodes).sort()).toEqual(['raw.orders', 'stg_orders', 'stg_payments']);
    expect(page.url()).toContain('#!/graph?s=%2Bstg_payments');
    const zoom = () =>
      page.evaluate(() =>
        (document.querySelector('.layer') as unknown as { graph: import('cytoscape').Core }).graph.zoom(),
      );
    const before = await zoom();
    await page.click('button[aria-label="Zoom in"]');
    expect(await zoom()).toBeGreaterThan(before);
    await page.click('button[aria-label="Show all"]');
    await page.mouse.click(...(await centreOf(page, 'model.select_demo.stg_orders')));
    await page.waitForSelector('main h1:text-is("stg_orders")');
    expect(complaints).toEqual([]);
  });

  it('follows the depth that is chosen, and addresses of dbt docs', async () => {
    const { page, complaints } = await openPage(browser, `${site.url}#!/model/${ORDERS}`);
    await drawn(page);
    await page.selectOption('select[aria-label="Steps upstream"]', '1');
    await page.selectOption('select[aria-label="Steps downstream"]', '0');
    await page.waitForSelector('.canvas[data-nodes="4"][data-ready="true"]');
    await page.goto(`${site.url}#!/model/${ORDERS}?g_v=1&g_i=1%2Bfct_orders`);
    await page.waitForSelector('.graph.full .canvas[data-nodes="4"][data-ready="true"]');
    expect(complaints).toEqual([]);
  });

  it('keeps a chosen theme, and follows the system without one', async () => {
    const { page, complaints } = await openPage(browser, site.url, { colorScheme: 'dark' });
    const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
    expect(await theme()).toBe('dark');
    await page.click('button[aria-label^="Switch"]');
    expect(await theme()).toBe('light');
    await page.reload();
    expect(await theme()).toBe('light');
    expect(complaints).toEqual([]);
  });

  it('fits a narrow screen', async () => {
    const { page, complaints } = await openPage(browser, `${site.url}#!/model/${ORDERS}`, {
      viewport: { width: 390, height: 800 },
    });
    await page.waitForSelector('main h1');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.click('button[aria-label^="Show or hide"]');
    await page.click('button:text-is("Kinds")');
    await page.click('.tree summary:has-text("Seeds")');
    expect(complaints).toEqual([]);
  });

  it('says so when there is no such page', async () => {
    const { page } = await openPage(browser, `${site.url}#!/model/model.x.<img src=x onerror=alert(1)>`);
    expect(await page.textContent('main h1')).toBe('Not here');
  });
});

it('is the same when served', async () => {
  const running = await serveSite({ dir: site.dir, port: 0 });
  try {
    const { page, complaints } = await openPage(browser, `${running.url}/#!/model/${ORDERS}`);
    expect((await drawn(page)).nodes).toHaveProperty([ORDERS]);
    expect(complaints).toEqual([]);
  } finally {
    await running.close();
  }
});

async function centreOf(page: import('playwright-core').Page, id: string): Promise<[number, number]> {
  return page.evaluate((wanted) => {
    const layer = document.querySelector('.layer') as HTMLElement & { graph: import('cytoscape').Core };
    const { x, y } = layer.graph.getElementById(wanted).renderedPosition();
    const frame = layer.getBoundingClientRect();
    return [frame.left + x, frame.top + y] as [number, number];
  }, id);
}
