import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { SiteInput } from '../../src/docs/collect-site-data.js';
import { writeSite } from '../../src/docs/write-site.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Debian's Chromium (`apt-get install chromium`), or the one that the variable CHROMIUM names. Missing is an error. */
export async function launch(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`these tests need Chromium at ${executablePath}`);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A site on the disk. */
export interface WrittenSite {
  /** Its file:// address. */
  readonly url: string;
  readonly dir: string;
  remove(): void;
}

export async function siteOf(input: SiteInput): Promise<WrittenSite> {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-browser-'));
  const index = await writeSite({ ...input, outDir: dir });
  return { url: pathToFileURL(index).href, dir, remove: () => rmSync(dir, { recursive: true }) };
}

/** A page without network, and everything that it complains of. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (/^(?:https?|ws|ftp):/.test(request.url()) && !request.url().startsWith(url.split('#')[0] as string)) {
      complaints.push(`asked for ${request.url()}`);
    }
  });
  if (url.startsWith('file:')) await context.setOffline(true);
  await page.goto(url);
  return { page, complaints };
}

/** What a drawn graph shows: the visible nodes' labels by id, and its edges as `from>to`. */
export async function drawn(page: Page): Promise<{ nodes: Record<string, string>; edges: string[] }> {
  await page.waitForSelector('.canvas[data-ready="true"] canvas', { timeout: 60_000 });
  return page.evaluate(() => {
    const layer = document.querySelector('.layer') as unknown as { graph: import('cytoscape').Core };
    const nodes: Record<string, string> = {};
    for (const node of layer.graph.nodes().toArray()) {
      const box = node.renderedBoundingBox();
      const shown =
        node.visible() &&
        box.w > 0 &&
        box.x2 > 0 &&
        box.y2 > 0 &&
        box.x1 < layer.graph.width() &&
        box.y1 < layer.graph.height();
      if (shown) nodes[node.id()] = String(node.data('label'));
    }
    return { nodes, edges: layer.graph.edges().map((edge) => `${edge.data('source')}>${edge.data('target')}`) };
  });
}
