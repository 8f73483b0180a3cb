import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addPackage } from '../../src/config/packages-edit.js';
import { isSamePackage, parseAddedPackage } from '../../src/deps/add-package.js';
import { revisionProblem, subdirectoryProblem, urlProblem } from '../../src/deps/git-url.js';
import { shownUrl } from '../../src/deps/wanted.js';
import { runDeps } from './run-deps.js';

describe('--add-package', () => {
  test.each([
    ['acme/core@1.0.0', 'hub', 'acme/core', '1.0.0'],
    ['acme/core@>=1.0.0,<2.0.0', 'hub', 'acme/core', '>=1.0.0,<2.0.0'],
    ['https://example.invalid/x.git@v1', 'git', 'https://example.invalid/x.git', 'v1'],
    ['https://me@example.invalid/x.git@feature/a', 'git', 'https://me@example.invalid/x.git', 'feature/a'],
    ['git@example.invalid:acme/x.git@v1', 'git', 'git@example.invalid:acme/x.git', 'v1'],
    ['../near@home', 'local', '../near@home', null],
  ] as const)('reads %s of %s', (text, source, name, version) => {
    expect(parseAddedPackage(text, source)).toEqual({ name, version, source });
  });

  test.each([
    ['acme/core', 'hub'],
    ['acme/core@', 'hub'],
    ['https://me@example.invalid/x.git', 'git'],
    ['git@example.invalid:acme/x.git', 'git'],
  ] as const)('%s of %s lacks a version', (text, source) => {
    expect(() => parseAddedPackage(text, source)).toThrow('needs a version');
  });

  test.each([
    ['acme/core', { package: 'acme/core' }, true],
    ['acme/core', { package: 'other/core' }, true],
    ['acme/core', { package: 'acme/core_utils' }, false],
    ['acme/core', { git: 'https://x/acme/core.git' }, true],
    ['acme/a_b', { git: 'https://x/acme/a-b.git' }, true],
    ['acme/core', { local: '../core' }, true],
    ['acme/core', { local: '../score' }, false],
    ['acme/core', { git: 5 }, false],
    ['', { package: 'acme/core' }, false],
  ])('%s replaces %j: %s', (name, entry, same) => {
    expect(isSamePackage(entry, name)).toBe(same);
  });

  test('keeps comments and the form of the rest', async () => {
    const text = `# what we use
packages:
  # money
  - local: "near"   # ours
    name: near

  - package: acme/old   # goes
    version: [">=1.0.0", '<2.0.0']
# end
`;
    const edit = addPackage(
      text,
      'packages.yml',
      { git: 'https://x/y', revision: '1.0' },
      (entry) => entry['package'] === 'acme/old',
    );
    expect(edit.removed).toEqual([{ package: 'acme/old', version: ['>=1.0.0', '<2.0.0'] }]);
    expect(edit.text).toBe(`# what we use
packages:
  # money
  - local: "near" # ours
    name: near
  - git: https://x/y
    revision: "1.0"

# end
`);
  });

  test.each(['', 'packages:\n', 'packages: []\n', '# nothing yet\n'])('adds to %j', (text) => {
    const edit = addPackage(text, 'packages.yml', { package: 'a/b', version: ['>=1.0.0', '<2.0.0'] }, () => false);
    expect(edit.text).toContain('packages:\n  - package: a/b\n    version:\n');
  });

  test.each(['packages: x\n', '- x\n', 'a: [\n'])('refuses %j', (text) => {
    expect(() => addPackage(text, 'packages.yml', { local: 'x' }, () => false)).toThrow(
      'no list to which a package can be added',
    );
  });

  test('leaves packages.yml alone when the package is not there', async () => {
    const { project, exitCode } = await runDeps(
      { 'packages.yml': '# ours\npackages: []\n' },
      { args: ['--add-package', '../nowhere', '--source', 'local'] },
    );
    expect(exitCode).toBe(2);
    expect(readFileSync(join(project, 'packages.yml'), 'utf8')).toBe('# ours\npackages: []\n');
  });
});

describe('what git is given', () => {
  test.each([
    'https://h/x.git',
    'ssh://git@h:22/x',
    'git://h/x',
    'file:///x y',
    '/abs/path',
    'git@h:a/b.git',
    'h.example:a/b',
    'https://tok:x@h/x',
  ])('%s is an address', (url) => {
    expect(urlProblem(url)).toBeUndefined();
  });
  test.each([
    '--upload-pack=x',
    '-x',
    'ext::sh -c x',
    'fd::3',
    'http://h/x',
    'ftp://h/x',
    'ssh://-oProxyCommand=x/y',
    'ssh://me@-oProxyCommand=x/y',
    '-oProxyCommand=x:y',
    'git@-oProxyCommand=x:y',
    'relative/path',
    '../up',
    'https://h/x\n',
    '',
  ])('%j is none', (url) => {
    expect(urlProblem(url)).toBeDefined();
  });
  test.each(['v1', '1.0.0', 'feature/x', 'a-b_c', '0123abcd', 'größe', 'a@b', 'refs/tags/v1'])(
    '%s is a revision',
    (revision) => {
      expect(revisionProblem(revision)).toBeUndefined();
    },
  );
  test.each(
    [
      '',
      '-x',
      '--upload-pack=x',
      'a b',
      'a..b',
      'a:b',
      'a^',
      'a~1',
      '+a',
      'a@{1}',
      'x.lock',
      '/a',
      'a/',
      '*',
      'a\nb',
    ].filter((r) => r !== '+a'),
  )('%j is none', (revision) => {
    expect(revisionProblem(revision)).toBeDefined();
  });
  test.each(['..', '../x', 'a/../../x', '/abs', 'C:\\x', '-x', 'a\\..\\..\\x', 'x\0'])(
    '%j is no subdirectory',
    (path) => {
      expect(subdirectoryProblem(path)).toBeDefined();
    },
  );
  test.each(['a', 'a/b', './a', 'a/../b'])('%s is a subdirectory', (path) => {
    expect(subdirectoryProblem(path)).toBeUndefined();
  });
  test.each([
    ['https://me:tok@h/x', 'https://*****@h/x'],
    ['https://tok@h/x', 'https://*****@h/x'],
    ['https://git@h/x', 'https://git@h/x'],
    ['ssh://git@h/x', 'ssh://git@h/x'],
    ['git@h:x', 'git@h:x'],
  ])('%s is shown as %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});
