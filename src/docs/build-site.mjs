// Part of the package's build (src/build.mjs): dist/docs/site/template.html.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleSite } from './site-bundle.mjs';

const out = fileURLToPath(new URL('../../dist/docs/site/', import.meta.url));
await mkdir(out, { recursive: true });
await writeFile(`${out}template.html`, await bundleSite());
