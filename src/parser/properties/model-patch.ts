import { createHash } from 'node:crypto';
import { configWarning } from '../../config/warnings.js';
import { asRecord } from '../../config/yaml.js';
import type { Constraint, RefArgs } from '../../contracts/common.js';
import { pyStr, toPlain } from '../../jinja/values.js';
import type { NodeDraft, NodeEntry } from '../nodes/draft.js';
import { readReference } from '../references/expression.js';
import type { ParserServices } from '../services.js';
import { constraintsOf } from './columns.js';
import { contractState } from './contract-state.js';
import type { PropertiesEntry } from './file.js';
import type { NodePatch } from './node-patch.js';
import { invalidEntry } from './shape.js';

/** Sets what only models have: access, constraints, deprecation, the contract's checksum. */
export function patchModel(services: ParserServices, found: NodeEntry, patch: NodePatch): void {
  const { node } = found;
  const { data, entry } = patch;
  const own = data['deprecation_date'] ?? null;
  node.deprecation_date = own === null ? null : deprecationDate(patch, pyStr(own));
  node.time_spine = timeSpine(toPlain(entry.data['time_spine'] ?? null));
  setConstraints(services, found, patch);
  setContractChecksum(node);
}

function timeSpine(written: unknown): unknown {
  const spine = asRecord(written);
  if (!spine) return written;
  const custom = Array.isArray(spine['custom_granularities']) ? (spine['custom_granularities'] as unknown[]) : [];
  const granularities = custom.map((item) => ({ column_name: null, ...asRecord(item) }));
  return { ...spine, custom_granularities: granularities };
}

/** Checks a model's constraints and adds the refs of its foreign keys. */
export function setConstraints(services: ParserServices, { node }: NodeEntry, patch: NodePatch): void {
  const { entry } = patch;
  const onVersion = Array.isArray(patch.data['constraints']) && patch.data['constraints'].length > 0;
  const written = onVersion ? patch.data['constraints'] : entry.data['constraints'];
  const path = onVersion ? [...patch.path, 'constraints'] : ['constraints'];
  const constraints = constraintsOf(entry, written, path, `model ${node.name}`, true);
  if (node.contract?.enforced) checkContract(services, node, patch, constraints);
  checkPrimaryKeys(node, patch, constraints);
  node.constraints = constraints;
  addForeignKeys(node, entry, constraints, path);
  for (const { data, path: at } of patch.columns) {
    const own = node.columns[String(data['name'])]?.constraints ?? [];
    addForeignKeys(node, entry, own, [...at, 'constraints']);
  }
}

/** What foreign keys refer to, the model depends on. */
function addForeignKeys(
  node: NodeDraft,
  entry: PropertiesEntry,
  constraints: readonly Constraint[],
  path: readonly (string | number)[],
): void {
  constraints.forEach(({ type, to }, i) => {
    if (type !== 'foreign_key' || to === null) return;
    const target = readReference(to);
    if (!target) {
      throw entry.file.error(
        [...entry.place.path, ...path, i, 'to'],
        `Invalid 'ref' or 'source' syntax on foreign key constraint 'to' on model ${node.name}: ${to}.`,
        "Write to: ref('model').",
      );
    }
    if (Array.isArray(target)) node.sources?.push([...(target as readonly string[])]);
    else node.refs?.push(target as RefArgs);
  });
}

function checkContract(
  services: ParserServices,
  node: NodeDraft,
  { entry }: NodePatch,
  constraints: readonly Constraint[],
): void {
  const unsupported = [...Object.values(node.columns).flatMap((column) => column.constraints), ...constraints].some(
    (c) => c.warn_unsupported,
  );
  const enforces = enforcesConstraints(node);
  if (unsupported && !enforces && Object.values(node.columns).some((c) => c.constraints.length > 0)) {
    services.warn(
      configWarning(
        'UnsupportedConstraintMaterialization',
        'constraint-unsupported',
        `Constraint types are not supported for ${pyStr(node.config['materialized'])} materializations and will be ignored.  ` +
          "Set 'warn_unsupported: false' on this constraint to ignore this warning.",
        { span: entry.file.document.span(entry.place.path), uniqueId: node.unique_id },
      ),
    );
  }
  const errors: string[] = [];
  if (Object.keys(node.columns).length === 0) {
    errors.push('Constraints must be defined in a `yml` schema configuration file like `schema.yml`.');
  }
  if (node.language === 'python') errors.push(`Language Error: Expected 'sql' but found '${node.language}'`);
  if (errors.length === 0) return;
  throw entry.file.error(
    entry.place.path,
    `Contract enforcement failed for: (${node.original_file_path})\n${errors.join('\n')}`,
    'Describe every column with its data_type, or do not enforce the contract.',
  );
}

function checkPrimaryKeys(node: NodeDraft, { entry }: NodePatch, constraints: readonly Constraint[]): void {
  const columns = Object.values(node.columns)
    .filter((column) => column.constraints.some((c) => c.type === 'primary_key'))
    .map((column) => column.name);
  const errors: string[] = [];
  if (columns.length > 1) {
    errors.push(
      `Found ${columns.length} columns (['${columns.join("', '")}']) with primary key constraints defined. Primary keys for ` +
        'multiple columns must be defined as a model level constraint.',
    );
  }
  if (columns.length > 0 && constraints.some((c) => c.type === 'primary_key')) {
    errors.push(
      'Primary key constraints defined at the model level and the columns level. Primary keys can be defined at the model ' +
        'level or the column level, not both.',
    );
  }
  if (errors.length === 0) return;
  throw entry.file.error(
    entry.place.path,
    `Primary key constraint error: (${node.original_file_path})\n${errors.join('\n')}`,
    'Define the primary key once, in one place.',
  );
}

/** Whether a model's materialization makes the database enforce its constraints. */
export function enforcesConstraints({ config }: NodeDraft): boolean {
  return config['materialized'] === 'table' || config['materialized'] === 'incremental';
}

/** Sets the checksum of a model's contract when it is enforced. */
export function setContractChecksum(node: NodeDraft): void {
  if (!node.contract?.enforced || node.contract.checksum !== null) return;
  const state = contractState(node, enforcesConstraints(node));
  node.contract = { ...node.contract, checksum: createHash('sha256').update(state, 'utf8').digest('hex') };
}

/** A date as dbt has it in the manifest: with a time, in the local zone when it names none. */
function deprecationDate({ entry, path }: NodePatch, text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[-+]\d\d:?\d\d)?$/.exec(text);
  if (!match) {
    throw invalidEntry(
      entry,
      [...path, 'deprecation_date'],
      `at path ['deprecation_date']: '${text}' is not a date`,
      'Write a date such as 2026-01-31, or a date and time of ISO 8601.',
    );
  }
  const [, date = '', time = '00:00:00', zone] = match;
  const full = time.length === 5 ? `${time}:00` : time;
  if (zone) return `${date}T${full}${zone === 'Z' ? '+00:00' : zone}`;
  const offset = -new Date(`${date}T${full}`).getTimezoneOffset();
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  return `${date}T${full}${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
