import type { UniqueId } from '../../contracts/common.js';
import type { UnitTest } from '../../contracts/unit-test.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import type { UnitTestEntry } from '../manifest-builder.js';
import type { NodeEntry } from '../nodes/draft.js';
import type { ParserServices } from '../services.js';

/** Finds the model of each unit test; one of a versioned model becomes one test a version. */
export function resolveUnitTests(services: ParserServices): void {
  const { builder } = services;
  for (const [id, found] of [...builder.unitTests]) {
    const target = testedModel(services, found);
    if (!target) {
      builder.unitTests.delete(id);
      builder.disable({ ...found.test, config: { ...found.test.config, enabled: false } });
      continue;
    }
    const { node } = target;
    const test: UnitTest = {
      ...found.test,
      depends_on: { macros: [], nodes: [node.unique_id] },
      schema: node.schema,
    };
    checkIncremental(found, target);
    if (node.version === null || node.version === undefined) {
      checkUnversioned(found, target);
      builder.unitTests.set(id, { ...found, test });
    } else addVersions(services, found, test, node);
  }
}

/** The enabled model that a test names, in the test's own package; undefined for a disabled one. */
function testedModel({ builder }: ParserServices, { test, refuse }: UnitTestEntry): NodeEntry | undefined {
  const words = test.model.split(/\s+/).filter((word) => word !== '');
  const [name = ''] = words;
  const version = words.length === 2 ? (words[1] as string) : null;
  const found = builder.find(name, test.package_name, version);
  if (found) return found;
  const wanted = version === null ? name : `${name}.v${version}`;
  if (builder.findDisabled(wanted, test.package_name, 'model').length > 0) return undefined;
  throw refuse(
    ['model'],
    `Unable to find model '${test.package_name}.${test.model}' for unit test '${test.name}' in ${test.original_file_path}`,
    didYouMean(test.model, builder.refNames()) ?? 'Create the model, or correct the name.',
  );
}

function checkIncremental({ test, refuse }: UnitTestEntry, { node }: NodeEntry): void {
  if (!node.depends_on.macros.includes('macro.dbt.is_incremental')) return;
  const given = test.overrides?.macros['is_incremental'];
  if (typeof given !== 'boolean') {
    throw refuse(
      [],
      `Boolean override for 'is_incremental' must be provided for unit test '${test.name}' in model '${node.name}'`,
      "Add 'overrides: {macros: {is_incremental: false}}'.",
    );
  }
  if (!given || test.given.some(({ input }) => input === 'this')) return;
  throw refuse(
    ['given'],
    `Unit test '${test.name}' for incremental model '${node.name}' must have a 'this' input`,
    "Add '- {input: this, rows: […]}': the rows that the model has already.",
  );
}

function checkUnversioned({ test, refuse }: UnitTestEntry, { node }: NodeEntry): void {
  if (!test.versions?.include?.length && !test.versions?.exclude?.length) return;
  throw refuse(
    ['versions'],
    `Unit test '${test.name}' should not have a versions include or exclude when referencing non-versioned model '${node.name}'`,
    "Remove 'versions'.",
  );
}

/** One test for each version that is included, in place of the one that was written. */
function addVersions(
  { builder }: ParserServices,
  found: UnitTestEntry,
  test: UnitTest,
  target: NodeEntry['node'],
): void {
  const versions: { readonly id: UniqueId; readonly version: string | number }[] = [];
  for (const { node } of builder.nodes.values()) {
    if (node.resource_type !== 'model' || node.package_name !== target.package_name || node.name !== target.name)
      continue;
    const { version } = node;
    if (version !== null && version !== undefined && isWanted(test, version))
      versions.push({ id: node.unique_id, version });
  }
  if (versions.length === 0) {
    throw found.refuse(
      ['versions'],
      `Unit test '${test.name}' referenced a version of '${target.name}' which was not found.`,
      'Name versions that the model has.',
    );
  }
  builder.unitTests.delete(test.unique_id);
  for (const { id, version } of versions) {
    const uniqueId = `${test.unique_id}_v${version}`;
    const one = { ...test, unique_id: uniqueId, depends_on: { macros: [], nodes: [id] }, version };
    builder.unitTests.set(uniqueId, { ...found, test: one });
  }
}

function isWanted({ versions }: UnitTest, version: string | number): boolean {
  if (versions === null) return true;
  if (versions.exclude?.length) return !versions.exclude.includes(version);
  return versions.include?.includes(version) === true;
}
