import { DbtError } from '../../../diagnostics/errors.js';
import { dictValues, isDict, pyRepr, pyStr, toArray, truthy } from '../../../jinja/values.js';
import type { SqlAdapter } from '../sql-adapter.js';
import { type Methods, member, pure } from './define.js';

const TYPES = ['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom'];

/** One constraint of a contract. */
interface Constraint {
  readonly type: string;
  readonly name: string;
  readonly expression: string;
  readonly to: string;
  readonly toColumns: string;
  readonly columns: string;
}

/** How an engine writes the target of a foreign key. */
export interface ConstraintDialect {
  foreignTarget(to: string): string;
}

/** The DDL of a contract: dbt's texts, which the engine checks. */
export function constraintMethods(adapter: SqlAdapter, dialect: ConstraintDialect): Methods {
  return {
    render_raw_columns_constraints: pure('render_raw_columns_constraints', ['raw_columns'], (columns) =>
      [...dictValues(isDict(columns) ? columns : {})].map((column) => {
        const name = pyStr(member(column, 'name'));
        const words = [
          truthy(member(column, 'quote')) ? adapter.quote(name) : name,
          pyStr(member(column, 'data_type')),
        ];
        for (const raw of toArray(member(column, 'constraints') ?? [])) {
          const ddl = columnConstraint(constraint(raw), dialect);
          if (ddl !== null) words.push(ddl);
        }
        return words.join(' ');
      }),
    ),
    render_raw_model_constraints: pure('render_raw_model_constraints', ['raw_constraints'], (raws) =>
      toArray(raws ?? [])
        .map((raw) => modelConstraint(constraint(raw), dialect))
        .filter((ddl) => ddl !== null),
    ),
  };
}

function constraint(raw: unknown): Constraint {
  const type = member(raw, 'type');
  if (!TYPES.includes(pyStr(type))) {
    throw new DbtError('value-refused', `Could not parse constraint: ${pyRepr(raw)}`, {
      hint: `The type of a constraint is one of ${TYPES.join(', ')}.`,
    });
  }
  const text = (key: string): string => {
    const value = member(raw, key);
    return value === null ? '' : pyStr(value);
  };
  const list = (key: string): string =>
    toArray(member(raw, key) ?? [])
      .map(pyStr)
      .join(', ');
  return {
    type: pyStr(type),
    name: text('name'),
    expression: text('expression'),
    to: text('to'),
    toColumns: list('to_columns'),
    columns: list('columns'),
  };
}

function columnConstraint(c: Constraint, dialect: ConstraintDialect): string | null {
  switch (c.type) {
    case 'check':
      return c.expression === '' ? null : `check (${c.expression})`;
    case 'not_null':
      return `not null ${c.expression}`.trim();
    case 'unique':
      return `unique ${c.expression}`.trim();
    case 'primary_key':
      return `primary key ${c.expression}`.trim();
    case 'foreign_key':
      return `references ${references(c, dialect)}`;
    default:
      return c.expression === '' ? null : c.expression.trim();
  }
}

function modelConstraint(c: Constraint, dialect: ConstraintDialect): string | null {
  const prefix = c.name === '' ? '' : `constraint ${c.name} `;
  const suffix = c.expression === '' ? '' : ` ${c.expression}`;
  switch (c.type) {
    case 'check':
      return c.expression === '' ? null : `${prefix}check (${c.expression})`;
    case 'unique':
      return `${prefix}unique${suffix} (${c.columns})`;
    case 'primary_key':
      return `${prefix}primary key${suffix} (${c.columns})`;
    case 'foreign_key':
      if (c.expression === '' && (c.to === '' || c.toColumns === '')) return null;
      return `${prefix}foreign key (${c.columns}) references ${references(c, dialect)}`;
    case 'custom':
      return c.expression === '' ? null : `${prefix}${c.expression}`;
    default:
      return null;
  }
}

function references(c: Constraint, dialect: ConstraintDialect): string {
  return c.to !== '' && c.toColumns !== '' ? `${dialect.foreignTarget(c.to)} (${c.toColumns})` : c.expression;
}
