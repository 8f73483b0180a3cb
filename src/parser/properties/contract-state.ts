import type { Constraint } from '../../contracts/common.js';
import { pyRepr, pyStr } from '../../jinja/values.js';
import { byCodePoint } from '../generic-tests/builder.js';
import type { NodeDraft } from '../nodes/draft.js';

/** The text whose hash is the checksum of a contract: dbt's, which is what Python prints of columns and constraints. */
export function contractState(node: NodeDraft, enforced: boolean): string {
  let state = '';
  for (const column of Object.values(node.columns).sort((a, b) => byCodePoint(a.name, b.name))) {
    state += `|${column.name}${column.data_type ?? 'None'}[${column.constraints.map((c) => constraintText(c)).join(', ')}]`;
  }
  if (enforced) {
    state += `${pyStr(node.config['materialized'])}[${(node.constraints ?? []).map((c) => constraintText(c, true)).join(', ')}]`;
  }
  return state;
}

function constraintText(c: Constraint, ofModel = false): string {
  const fields = [
    `type=<ConstraintType.${c.type}: '${c.type}'>`,
    `name=${pyRepr(c.name)}`,
    `expression=${pyRepr(c.expression)}`,
    `warn_unenforced=${pyRepr(c.warn_unenforced)}`,
    `warn_unsupported=${pyRepr(c.warn_unsupported)}`,
    `to=${pyRepr(c.to)}`,
    `to_columns=${pyRepr([...c.to_columns])}`,
  ];
  if (ofModel) fields.push(`columns=${pyRepr([...(c.columns ?? [])])}`);
  return `${ofModel ? 'Model' : 'Column'}LevelConstraint(${fields.join(', ')})`;
}
