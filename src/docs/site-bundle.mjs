// Bundles the docs site (site/) into one page without data: style and script inside, with a policy that lets no other
// script run. Used when the package is built, and by the tests.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const site = fileURLToPath(new URL('./site', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The page, with the marks of embed.ts where title and data go. */
export async function bundleSite() {
  const common = {
    bundle: true,
    absWorkingDir: repository,
    minify: true,
    write: false,
    logLevel: 'warning',
    legalComments: 'none',
    charset: 'utf8',
  };
  const [script, style, template] = await Promise.all([
    build({
      ...common,
      entryPoints: [`${site}/main.ts`],
      format: 'iife',
      target: 'es2022',
      platform: 'browser',
      tsconfig: `${site}/tsconfig.json`,
      metafile: true,
    }),
    build({ ...common, entryPoints: [`${site}/style.css`] }),
    readFile(`${site}/page.html`, 'utf8'),
  ]);
  // `<!--` and `</script` would mean something to the HTML parser; in JavaScript they occur in texts and patterns only.
  const notices = await licences(script.metafile);
  const code = (script.outputFiles[0].text + notices)
    .replaceAll('<!--', '\\x3C!--')
    .replaceAll('</script', '<\\/script');
  const hash = createHash('sha256').update(code).digest('base64');
  const parts = { '@@script@@': code, '@@style@@': style.outputFiles[0].text, '@@script-hash@@': `'sha256-${hash}'` };
  return template
    .split(/(@@script@@|@@style@@|@@script-hash@@)/)
    .map((part) => parts[part] ?? part)
    .join('');
}

/** The licences of the libraries in the bundle, as a comment: each of them asks for its notice to go with its code. */
async function licences({ inputs }) {
  const roots = new Set(Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  // cytoscape-dagre has dagre and its graphlib within, whose notice is this one's.
  roots.add('node_modules/@dagrejs/graphlib');
  const texts = [...roots].sort().map(async (root) => {
    const { name, version, license } = JSON.parse(await readFile(join(repository, root, 'package.json'), 'utf8'));
    const file = (await readdir(join(repository, root))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(repository, root, file), 'utf8') : `Licence: ${license}`;
    return `${name} ${version}\n\n${text.trim()}`;
  });
  return `\n/*\n${(await Promise.all(texts)).join('\n\n----\n\n').replaceAll('*/', '* /').replaceAll('\r', '')}\n*/\n`;
}
