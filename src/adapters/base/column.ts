import { DbtError } from '../../diagnostics/errors.js';
import { PyError, typeError } from '../../jinja/errors.js';
import {
  bindArguments,
  type CallArgs,
  type HostObject,
  hostFunction,
  JINJA,
  pyEquals,
  pyRepr,
  pyStr,
  typeName,
} from '../../jinja/values.js';

/** What an engine's types are called and mean. */
export interface ColumnKind {
  /** The name of the class that templates see, e.g. `DuckDBColumn`. */
  readonly className: string;
  /** Types that templates may name by an upper-case word of dbt's. */
  readonly typeLabels: { readonly [label: string]: string };
  readonly stringTypes: ReadonlySet<string>;
  readonly integerTypes: ReadonlySet<string>;
  readonly floatTypes: ReadonlySet<string>;
  readonly numericTypes: ReadonlySet<string>;
  /** The fields of a structure, when the engine has such types. */
  structFields?(dtype: string): readonly { readonly name: string; readonly dtype: string }[] | null;
}

export interface ColumnFields {
  readonly column: string;
  readonly dtype: string;
  readonly charSize?: unknown;
  readonly numericPrecision?: unknown;
  readonly numericScale?: unknown;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : pyStr(value));

/** A column of a relation or a query, as `adapter.get_columns_in_relation` gives them to templates. */
export class Column implements HostObject {
  get [JINJA.type](): string {
    return this.kind.className;
  }

  readonly kind: ColumnKind;
  readonly column: string;
  readonly dtype: string;
  readonly charSize: unknown;
  readonly numericPrecision: unknown;
  readonly numericScale: unknown;
  /** The columns inside a structure; none otherwise. */
  readonly fields: readonly Column[];

  constructor(kind: ColumnKind, { column, dtype, charSize, numericPrecision, numericScale }: ColumnFields) {
    this.kind = kind;
    this.column = column;
    this.dtype = dtype;
    this.charSize = charSize ?? null;
    this.numericPrecision = numericPrecision ?? null;
    this.numericScale = numericScale ?? null;
    const inside = kind.structFields?.(dtype) ?? [];
    this.fields = inside.map((field) => new Column(kind, { column: field.name, dtype: field.dtype }));
  }

  get quoted(): string {
    return `"${this.column}"`;
  }

  get isString(): boolean {
    return this.kind.stringTypes.has(this.dtype.toLowerCase());
  }

  get isNumeric(): boolean {
    return this.kind.numericTypes.has(this.dtype.toLowerCase());
  }

  get isInteger(): boolean {
    return this.kind.integerTypes.has(this.dtype.toLowerCase());
  }

  get isFloat(): boolean {
    return this.kind.floatTypes.has(this.dtype.toLowerCase());
  }

  get isStruct(): boolean {
    return this.kind.structFields !== undefined && this.dtype.toLowerCase().startsWith('struct');
  }

  /** The type for DDL: texts with a size, numbers with precision and scale where they are known. */
  get dataType(): string {
    if (this.isString) return stringType(this.stringSize());
    if (this.isNumeric) return numericType(this.dtype, this.numericPrecision, this.numericScale);
    return this.dtype;
  }

  /** How many characters fit; 256 when nobody knows. */
  stringSize(): unknown {
    if (!this.isString) throw new DbtError('column-type', 'Called string_size() on non-string field!');
    if (this.dtype === 'text' || this.charSize === null) return 256;
    return typeof this.charSize === 'number' ? this.charSize : Number(pyStr(this.charSize));
  }

  /** Whether this column's text could be widened to the other's size. */
  canExpandTo(other: Column): boolean {
    return this.isString && other.isString && Number(other.stringSize()) > Number(this.stringSize());
  }

  /** Structures become one column a field, named with dots, all the way down. */
  flatten(): readonly Column[] {
    if (!this.isStruct) return [this];
    return this.fields.flatMap((field) =>
      field
        .flatten()
        .map((leaf) => new Column(this.kind, { column: `${this.column}.${leaf.column}`, dtype: leaf.dtype })),
    );
  }

  equals(other: unknown): boolean {
    return (
      other instanceof Column &&
      other.column === this.column &&
      other.dtype === this.dtype &&
      pyEquals(other.charSize, this.charSize) &&
      pyEquals(other.numericPrecision, this.numericPrecision) &&
      pyEquals(other.numericScale, this.numericScale)
    );
  }

  [JINJA.attr](name: string): unknown {
    if (Object.hasOwn(PROPERTIES, name)) return PROPERTIES[name]?.(this);
    if (Object.hasOwn(METHODS, name)) return hostFunction(name, (args) => METHODS[name]?.(this, args));
    if (name === 'flatten' && this.kind.structFields) return hostFunction(name, () => [...this.flatten()]);
    if (name === 'is_struct' && this.kind.structFields) return hostFunction(name, () => this.isStruct);
    if (name === 'fields' && this.kind.structFields) return [...this.fields];
    return classAttribute(this.kind, name);
  }

  [JINJA.str](): string {
    const shown: [string, unknown][] = [
      ['column', this.column],
      ['dtype', this.dtype],
      ['char_size', this.charSize],
      ['numeric_precision', this.numericPrecision],
      ['numeric_scale', this.numericScale],
    ];
    if (this.kind.structFields) shown.push(['fields', [...this.fields]]);
    return `${this.kind.className}(${shown.map(([name, value]) => `${name}=${pyRepr(value)}`).join(', ')})`;
  }

  [JINJA.eq](other: unknown): boolean {
    return this.equals(other);
  }

  /** Columns compare by value and can change in Python: no key of a dict, no member of a set. */
  [JINJA.hash](): never {
    throw typeError(`unhashable type: '${this.kind.className}'`);
  }

  [JINJA.plain](): unknown {
    return { column: this.column, dtype: this.dtype };
  }
}

const PROPERTIES: { readonly [name: string]: (column: Column) => unknown } = {
  column: (c) => c.column,
  name: (c) => c.column,
  dtype: (c) => c.dtype,
  char_size: (c) => c.charSize,
  numeric_precision: (c) => c.numericPrecision,
  numeric_scale: (c) => c.numericScale,
  quoted: (c) => c.quoted,
  data_type: (c) => c.dataType,
  expanded_data_type: (c) => c.dataType,
};

const METHODS: { readonly [name: string]: (column: Column, args: CallArgs) => unknown } = {
  is_string: (c) => c.isString,
  is_number: (c) => c.isInteger || c.isNumeric || c.isFloat,
  is_float: (c) => c.isFloat,
  is_integer: (c) => c.isInteger,
  is_numeric: (c) => c.isNumeric,
  string_size: (c) => c.stringSize(),
  can_expand_to: (c, args) => {
    const [other] = bindArguments('can_expand_to', args, ['other_column']);
    if (!(other instanceof Column)) throw noAttribute(other, 'is_string');
    return c.canExpandTo(other);
  },
  literal: (c, args) => `${pyStr(bindArguments('literal', args, ['value'])[0])}::${c.dataType}`,
};

function noAttribute(value: unknown, name: string): PyError {
  return new PyError('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`);
}

function stringType(size: unknown): string {
  return `character varying(${pyStr(size)})`;
}

function numericType(dtype: string, precision: unknown, scale: unknown): string {
  return precision === null || scale === null ? dtype : `${dtype}(${pyStr(precision)},${pyStr(scale)})`;
}

/** dbt's word for a type as the engine's. */
export function translateType(kind: ColumnKind, dtype: string): string {
  const label = dtype.toUpperCase();
  return Object.hasOwn(kind.typeLabels, label) ? (kind.typeLabels[label] ?? dtype) : dtype;
}

/** A column from a type with its size in parentheses: `varchar(10)`, `numeric(12,2)`. */
export function columnFromDescription(kind: ColumnKind, column: string, rawType: string): Column {
  const found = /^([^(]+)(\([^)]+\))?/.exec(rawType);
  if (!found) throw new DbtError('column-type', `Could not interpret data type "${rawType}"`);
  const sizes = (found[2] ?? '')
    .slice(1, -1)
    .split(',')
    .filter((part) => part !== '');
  for (const size of sizes) {
    if (/^\s*[+-]?\d+\s*$/.test(size)) continue;
    throw new DbtError(
      'column-type',
      `Could not interpret data_type "${rawType}": could not convert "${size}" to an integer`,
    );
  }
  const [first, second] = sizes.map(Number);
  const dtype = found[1] ?? rawType;
  if (sizes.length === 2) return new Column(kind, { column, dtype, numericPrecision: first, numericScale: second });
  return new Column(kind, { column, dtype, charSize: sizes.length === 1 ? first : null });
}

function classAttribute(kind: ColumnKind, name: string): unknown {
  switch (name) {
    case 'translate_type':
      return hostFunction(name, (args) => {
        const [dtype] = bindArguments(name, args, ['dtype']);
        if (typeof dtype !== 'string') throw noAttribute(dtype, 'upper');
        return translateType(kind, dtype);
      });
    case 'numeric_type':
      return hostFunction(name, (args) => {
        const [dtype, precision, scale] = bindArguments(name, args, ['dtype', 'precision', 'scale']);
        return numericType(text(dtype), precision, scale);
      });
    case 'string_type':
      return hostFunction(name, (args) => stringType(bindArguments(name, args, ['size'])[0]));
    case 'create':
      return hostFunction(name, (args) => {
        const [column, label] = bindArguments(name, args, ['name', 'label_or_dtype']);
        return new Column(kind, { column: text(column), dtype: translateType(kind, text(label)) });
      });
    case 'from_description':
      return hostFunction(name, (args) => {
        const [column, rawType] = bindArguments(name, args, ['name', 'raw_data_type']);
        return columnFromDescription(kind, text(column), text(rawType));
      });
    case 'TYPE_LABELS':
      return { ...kind.typeLabels };
    default:
      return undefined;
  }
}

/** `api.Column`: the class; called with name, type, size, precision and scale. */
export class ColumnClass implements HostObject {
  readonly [JINJA.type] = 'type';
  readonly kind: ColumnKind;

  constructor(kind: ColumnKind) {
    this.kind = kind;
  }

  [JINJA.attr](name: string): unknown {
    return classAttribute(this.kind, name);
  }

  [JINJA.call](args: CallArgs): unknown {
    const optional = (name: string): { name: string; default: unknown } => ({ name, default: null });
    const [column, dtype, charSize, numericPrecision, numericScale] = bindArguments('__init__', args, [
      'column',
      'dtype',
      optional('char_size'),
      optional('numeric_precision'),
      optional('numeric_scale'),
    ]);
    return new Column(this.kind, {
      column: text(column),
      dtype: text(dtype),
      charSize,
      numericPrecision,
      numericScale,
    });
  }

  [JINJA.str](): string {
    return `<class '${this.kind.className}'>`;
  }
}
