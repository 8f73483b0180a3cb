import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ATTACK, hostileSite } from '../docs/site-fixture.js';
import { launch, openPage, siteOf, type WrittenSite } from './chromium.js';

let browser: Browser;
let site: WrittenSite;

beforeAll(async () => {
  browser = await launch();
  site = await siteOf(hostileSite());
});
afterAll(async () => {
  await browser.close();
  site.remove();
});

const PLACES = [
  '#!/overview',
  '#!/model/model.select_demo.fct_orders',
  '#!/exposure/exposure.select_demo.board',
  '#!/macro/macro.select_demo.own_macro',
  '#!/graph',
  '#!/test/test.select_demo.unique_fct_orders_order_id.523ddb6ce5',
];

it.each(PLACES)('texts of a project are texts at %s', async (place) => {
  const { page, complaints } = await openPage(browser, site.url + place);
  await page.waitForSelector('main article');
  if (place !== '#!/overview') await page.waitForTimeout(400);
  await page.fill('#search', 'onerror');
  await page.waitForSelector('#search-results');
  expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
  expect(
    await page.$$eval(
      'img',
      (all) => all.filter((img) => img.getAttribute('src') === 'x' && img.hasAttribute('onerror')).length,
    ),
  ).toBe(0);
  expect(await page.$$eval('script', (all) => all.length)).toBe(2);
  expect(
    await page.$$eval(
      'a[href]',
      (all) => all.filter((a) => !/^(?:#|https?:)/.test(a.getAttribute('href') as string)).length,
    ),
  ).toBe(0);
  const events = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length,
  );
  expect(events).toBe(0);
  // An image of a description that is not there is no fault of the page.
  expect(complaints.filter((text) => !text.includes('ERR_FILE_NOT_FOUND'))).toEqual([]);
});

it('shows them as they are written', async () => {
  const { page } = await openPage(browser, `${site.url}#!/model/model.select_demo.fct_orders`);
  expect(await page.textContent('main h1')).toBe(`evil${ATTACK}`);
  expect(await page.textContent('#description')).toContain(ATTACK);
  expect(await page.textContent('#columns')).toContain(ATTACK);
  expect(await page.textContent('#meta')).toContain(ATTACK);
  expect(await page.textContent('#code')).toContain(ATTACK);
});

it('would stop a script even if one got in', async () => {
  const { page } = await openPage(browser, site.url);
  await page.evaluate(() => {
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="data:," onerror="window.hacked = 1">';
    const script = document.createElement('script');
    script.textContent = 'window.hacked = 1';
    document.body.append(holder, script);
  });
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
});
