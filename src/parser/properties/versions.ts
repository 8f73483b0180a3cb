import { configWarning } from '../../config/warnings.js';
import { asRecord } from '../../config/yaml.js';
import { pyRepr, pyStr, truthy } from '../../jinja/values.js';
import { applyConfig } from '../nodes/apply-config.js';
import type { NodeEntry } from '../nodes/draft.js';
import { located } from '../nodes/render-node.js';
import type { ParserServices } from '../services.js';
import { object, texts, type WrittenColumn, writtenColumns } from './columns.js';
import type { PropertiesEntry, Record } from './file.js';
import { setConstraints, setContractChecksum } from './model-patch.js';
import type { NodePatch } from './node-patch.js';
import { configOf, descriptionOf } from './normalize.js';
import { checkOneToEnable, setProperties, warnNoNode } from './patch.js';

/** One of a model's `versions:`. */
export interface WrittenVersion {
  readonly v: string | number;
  readonly data: Record;
  readonly path: readonly (string | number)[];
}

/** The versions of a model's entry; none when it is not versioned. */
export function writtenVersions(entry: PropertiesEntry): readonly WrittenVersion[] {
  const list = (entry.data['versions'] ?? []) as readonly Record[];
  const fail = (path: readonly (string | number)[], message: string, hint?: string): Error =>
    entry.file.error([...entry.place.path, ...path], message, hint);
  const versions = list.map(
    (data, i): WrittenVersion => ({ v: data['v'] as string | number, data, path: ['versions', i] }),
  );
  const seen = new Set<string>();
  for (const { v, path } of versions) {
    if (seen.has(pyStr(v))) {
      throw fail(
        path,
        `Found duplicate version: '${v}' in versions list of model '${entry.name}'`,
        'Remove one of the two.',
      );
    }
    seen.add(pyStr(v));
  }
  const latest = entry.data['latest_version'];
  if (truthy(latest) && !versions.some(({ v }) => v === latest)) {
    throw fail(
      ['latest_version'],
      `latest_version: ${pyStr(latest)} is not one of model '${entry.name}' versions: ${pyRepr(versions.map(({ v }) => v))} `,
      'Name one of the versions.',
    );
  }
  return versions;
}

/** The columns of one version: the model's that it includes, then its own. */
export function columnsOfVersion(entry: PropertiesEntry, version: WrittenVersion): readonly WrittenColumn[] {
  const own = writtenColumns(entry, version.data, version.path);
  const filters = own.filter(({ data }) => Object.hasOwn(data, 'include') || Object.hasOwn(data, 'exclude'));
  if (filters.length > 1) {
    throw entry.file.error(
      [...entry.place.path, ...version.path, 'columns'],
      'version can have at most one include/exclude element',
    );
  }
  const include = filters[0]?.data['include'] ?? '*';
  const exclude = texts(filters[0]?.data['exclude']);
  const all = include === '*' || include === 'all';
  const base = writtenColumns(entry, entry.data).filter(({ data }) => {
    const name = pyStr(data['name']);
    return (all || texts(include).includes(name)) && !exclude.includes(name);
  });
  return [...base, ...own.filter((column) => !filters.includes(column))];
}

/** Gives each version of a model its own node's id, name and properties. */
export function patchVersions(
  services: ParserServices,
  entry: PropertiesEntry,
  versions: readonly WrittenVersion[],
): void {
  const latest = (entry.data['latest_version'] ?? greatest(versions)) as string | number;
  const config = configOf(entry);
  for (const version of versions) {
    const found = takeNode(services, entry, version, latest, config);
    if (!found) continue;
    const { node } = found;
    const { packageName } = entry.file.file;
    node.unique_id = `model.${packageName}.${entry.name}.v${version.v}`;
    node.fqn[node.fqn.length - 1] = entry.name;
    node.fqn.push(`v${version.v}`);
    services.builder[found.disabled ? 'addDisabled' : 'addEnabled'](found.entry);
    warnIgnored(services, entry, version);
    const ownDescription = descriptionOf(entry, version.data, version.path);
    const patch: NodePatch = {
      entry,
      config: deepMerge(config, object(version.data['config'])),
      description: ownDescription === '' ? descriptionOf(entry) : ownDescription,
      columns: columnsOfVersion(entry, version),
      path: version.path,
      data: version.data,
    };
    const target = found.entry;
    target.properties = { file: entry.place.file, path: [...entry.place.path, ...version.path] };
    located({ node, file: entry.place.file }, () => {
      node.name = entry.name;
      node.version = version.v;
      node.latest_version = latest;
      setProperties(services, target, patch);
      applyConfig(services, target, patch.config);
      setConstraints(services, target, patch);
      setContractChecksum(node);
    });
  }
  services.builder.renamed();
}

interface Taken {
  readonly entry: NodeEntry;
  readonly node: NodeEntry['node'];
  readonly disabled: boolean;
}

/** Takes the node of a version out of the manifest: it comes back under another id. */
function takeNode(
  services: ParserServices,
  entry: PropertiesEntry,
  version: WrittenVersion,
  latest: string | number,
  config: Record,
): Taken | undefined {
  const { builder } = services;
  const { packageName } = entry.file.file;
  const definedIn = version.data['defined_in'];
  const fileName = typeof definedIn === 'string' && definedIn !== '' ? definedIn : `${entry.name}_v${version.v}`;
  let found = builder.find(fileName, packageName);
  if (!found && version.v === latest) found = builder.find(entry.name, packageName);
  if (found) {
    builder.nodes.delete(found.node.unique_id);
    builder.renamed();
    return { entry: found, node: found.node, disabled: false };
  }
  const disabled = builder.findDisabled(fileName, null, 'model');
  const [only] = disabled;
  if (!only) {
    warnNoNode(services, entry, fileName);
    return undefined;
  }
  checkOneToEnable(disabled, { entry, config, description: '', columns: [], path: [], data: entry.data });
  builder.disabled.delete(only.node.unique_id);
  return { entry: only, node: only.node, disabled: true };
}

/** `access:` and `docs:` of a version outside of its `config:` are overwritten by the model's configuration, as in dbt. */
function warnIgnored(services: ParserServices, entry: PropertiesEntry, { data, path }: WrittenVersion): void {
  for (const key of ['access', 'docs']) {
    if (!Object.hasOwn(data, key)) continue;
    const message = `'${key}' of a version of '${entry.name}' has no effect outside of its config`;
    services.warn(
      configWarning('ValidationWarning', 'properties-no-effect', message, {
        span: entry.file.document.span([...entry.place.path, ...path, key], 'key'),
        sourceText: entry.file.file.text,
        hint: `Put it below the version's 'config:'.`,
      }),
    );
  }
}

/** The second over the first, dictionary by dictionary; lists are joined. */
function deepMerge(base: Record, over: Record): Record {
  const result: { [key: string]: unknown } = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const [a, b] = [asRecord(result[key]), asRecord(value)];
    const known = result[key];
    if (a && b) result[key] = deepMerge(a, b);
    else result[key] = Array.isArray(value) && Array.isArray(known) ? [...value, ...known] : value;
  }
  return result;
}

/** The greatest version, by number when both are numbers, else as texts. */
function greatest(versions: readonly WrittenVersion[]): string | number | undefined {
  let best: string | number | undefined;
  for (const { v } of versions) if (best === undefined || isLess(best, v)) best = v;
  return best;
}

function isLess(a: string | number, b: string | number): boolean {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? pyStr(a) < pyStr(b) : x < y;
}
