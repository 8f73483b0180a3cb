// Bundles the docs site (site/) into one page without data: style and script inside, with a policy that lets no other
// script run. Used when the package is built, and by the tests.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const site = fileURLToPath(new URL('./site', import.meta.url));

/** The page, with the marks of embed.ts where title and data go. */
export async function bundleSite() {
  const common = {
    bundle: true,
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
    }),
    build({ ...common, entryPoints: [`${site}/style.css`] }),
    readFile(`${site}/page.html`, 'utf8'),
  ]);
  // `<!--` and `</script` would mean something to the HTML parser; in JavaScript they occur in texts and patterns only.
  const code = script.outputFiles[0].text.replaceAll('<!--', '\\x3C!--').replaceAll('</script', '<\\/script');
  const hash = createHash('sha256').update(code).digest('base64');
  const parts = { '@@script@@': code, '@@style@@': style.outputFiles[0].text, '@@script-hash@@': `'sha256-${hash}'` };
  return template
    .split(/(@@script@@|@@style@@|@@script-hash@@)/)
    .map((part) => parts[part] ?? part)
    .join('');
}
