import type { ColumnInfo, Constraint, UniqueId } from '../../../contracts/common.js';
import type { Manifest } from '../../../contracts/manifest.js';
import type { ModelNode } from '../../../contracts/nodes.js';
import { DbtError } from '../../../diagnostics/errors.js';
import type { Selectable, SelectorContext } from '../resources.js';
import { sameValue } from './same-value.js';

type Warn = SelectorContext['warn'];

/**
 * Whether the contract is enforced as before, with the same columns, types and constraints. A change that breaks what others rely on is
 * told: a warning, of a versioned model an error.
 *
 * @throws DbtError `contract-breaking`.
 */
export function sameContract(now: Selectable, before: Selectable, warn: Warn): boolean {
  if (!isModel(now) || !isModel(before)) return true;
  const [is, was] = [now.contract, before.contract];
  if (!was?.enforced) return !is?.enforced;
  if (is?.enforced && is.checksum === was.checksum) return true;
  const changes = breakingChanges(now, before);
  if (changes.length > 0) tell(now, changes, warn);
  return false;
}

/**
 * Tells of the models of an earlier manifest that had an enforced contract and are not there any more, or disabled now.
 *
 * @throws DbtError `contract-breaking`.
 */
export function checkRemoved(manifest: Manifest, before: Manifest, warn: Warn): void {
  for (const [id, node] of Object.entries(before.nodes)) {
    const removed = removedNode(manifest, id, node);
    if (!removed || !isModel(removed) || !removed.contract?.enforced || isPast(removed.deprecation_date)) continue;
    const how = removed.config.enabled === false ? 'disabled' : 'deleted or renamed';
    tell(removed, [`Contracted model '${removed.unique_id}' was ${how}.`], warn);
  }
}

/** A disabled node as it is now, else what was there. */
function removedNode({ nodes, disabled }: Manifest, id: UniqueId, before: Selectable): Selectable | undefined {
  const off = disabled?.[id];
  if (off) return (off as unknown as readonly Selectable[])[0];
  return Object.hasOwn(nodes, id) ? undefined : before;
}

function isPast(date: string | null | undefined): boolean {
  return date !== null && date !== undefined && Date.parse(date) < Date.now();
}

function isModel(resource: Selectable): resource is Selectable & ModelNode {
  return resource.resource_type === 'model';
}

function tell(node: ModelNode, changes: readonly string[], warn: Warn): void {
  const reasons = changes.join('\n  - ');
  if (node.version !== null && node.version !== undefined) {
    const said = 'While comparing to previous project state, dbt detected a breaking change to an enforced contract.';
    throw new DbtError('contract-breaking', `${said}\n  - ${reasons}`, {
      uniqueId: node.unique_id,
      span: { file: node.original_file_path, line: 1, column: 1 },
      hint: 'Make a change that adds instead, or create a new version of the model.',
    });
  }
  const what = `contracted, unversioned model ${node.name} (${node.original_file_path})`;
  warn(
    'UnversionedBreakingChange',
    `Breaking change to ${what}\nWhile comparing to previous project state, dbt detected a breaking change to an unversioned model.\n  - ${reasons}\n`,
  );
}

/** What of a contract that was enforced is gone, in dbt's words. */
function breakingChanges(now: ModelNode, before: ModelNode): readonly string[] {
  const changes: string[] = [];
  const add = (title: string, lines: readonly string[]): void => {
    if (lines.length > 0) changes.push(`${title}: \n    - ${lines.join('\n    - ')}`);
  };
  if (!now.contract.enforced) {
    changes.push(
      'Contract enforcement was removed: Previously, this model had an enforced contract. It is no longer configured to enforce its contract, and this is a breaking change.',
    );
  }
  const columns = Object.entries(before.columns).sort(([a], [b]) => (a < b ? -1 : 1));
  const kept = columns.filter(([key]) => Object.hasOwn(now.columns, key));
  add(
    'Columns were removed',
    columns.filter(([key]) => !Object.hasOwn(now.columns, key)).map(([, column]) => column.name),
  );
  add('Columns with data_type changes', kept.flatMap(typeChange(now)));
  const held = isHeld(before);
  add(
    'Enforced column level constraints were removed',
    kept.flatMap(([key, column]) =>
      held
        ? lost(column.constraints, now.columns[key]?.constraints).map(
            (c) => `'${nameOf(c)}' constraint on column ${key}`,
          )
        : [],
    ),
  );
  add(
    'Enforced model level constraints were removed',
    held
      ? lost(before.constraints, now.constraints).map((c) => `'${nameOf(c)}' constraint on columns ${listed(c)}`)
      : [],
  );
  const constrained = some(before.constraints) || columns.some(([, column]) => some(column.constraints));
  if (held && !isHeld(now) && constrained) {
    add('Materialization changed with enforced constraints', [
      `${before.config.materialized} -> ${now.config.materialized}`,
    ]);
  }
  return changes;
}

function typeChange(now: ModelNode): (entry: readonly [string, ColumnInfo]) => readonly string[] {
  return ([key, { name, data_type: was }]) => {
    const is = now.columns[key]?.data_type ?? null;
    return baseType(was) === baseType(is) ? [] : [`${name} (${was ?? 'None'} -> ${is ?? 'None'})`];
  };
}

/** The type without size, precision and scale, which may change. */
function baseType(type: string | null | undefined): string | null {
  return type ? (type.split('(')[0] as string).trim().toLowerCase() : (type ?? null);
}

/** Constraints are only in the tables that these materializations create. */
function isHeld(node: ModelNode): boolean {
  return node.config.materialized === 'table' || node.config.materialized === 'incremental';
}

/** What an engine can't know of is not enforced; DuckDB and Postgres enforce all the rest. */
function lost(
  before: readonly Constraint[] | undefined,
  now: readonly Constraint[] | undefined,
): readonly Constraint[] {
  return (before ?? []).filter((c) => c.type !== 'custom' && !(now ?? []).some((other) => sameValue(other, c)));
}

function nameOf({ name, type }: Constraint): string {
  return name ?? type;
}

function listed({ columns }: Constraint): string {
  return `[${(columns ?? []).map((column) => `'${column}'`).join(', ')}]`;
}

function some(constraints: readonly Constraint[] | undefined): boolean {
  return (constraints ?? []).length > 0;
}
