import { printTable } from '../adapters/base/table-print.js';
import { DbtError } from '../diagnostics/errors.js';
import { bindArguments, dictGet, type HostObject, hostFunction, isDict, pyStr, toArray } from '../jinja/values.js';

interface ContractColumn {
  readonly name: string;
  readonly type: string;
}

const HEADER = ['column_name', 'definition_type', 'contract_type', 'mismatch_reason'];

/** `exceptions.raise_contract_error`: what a model's columns and its contract do not have in common, as a table. */
export function raiseContractError(): HostObject {
  return hostFunction('raise_contract_error', (args) => {
    const [yaml, sql] = bindArguments('raise_contract_error', args, ['yaml_columns', 'sql_columns']);
    throw contractError(columnsOf(yaml), columnsOf(sql));
  });
}

/** dbt's error of an enforced contract. */
export function contractError(promised: readonly ContractColumn[], found: readonly ContractColumn[]): DbtError {
  if (promised.length === 0) {
    return new DbtError('contract', "This model has an enforced contract, and its 'columns' specification is missing", {
      hint: 'List the columns with their data_type in a properties file.',
    });
  }
  const rows: (readonly string[])[] = [];
  for (const column of found) {
    const match = promised.find((p) => p.name === column.name);
    if (!match) rows.push([column.name, column.type, '', 'missing in contract']);
    else if (match.type !== column.type) rows.push([column.name, column.type, match.type, 'data type mismatch']);
  }
  for (const column of promised) {
    if (found.some((f) => f.name === column.name)) continue;
    rows.push([column.name, '', column.type, 'missing in definition']);
  }
  rows.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  const table = {
    columnNames: HEADER,
    columnTypes: HEADER.map(() => 'Text'),
    rows: rows.map((values) => ({ values })),
  };
  const drawn = printTable(table, { maxRows: null, maxColumns: 6, maxColumnWidth: 50, maxPrecision: 3 });
  return new DbtError(
    'contract',
    'This model has an enforced contract that failed.\n' +
      "Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.\n\n" +
      drawn,
    { hint: "Change the model's SQL, or the columns in its properties file." },
  );
}

function columnsOf(columns: unknown): ContractColumn[] {
  return toArray(columns).map((column) => {
    const of = (key: string): string => (isDict(column) ? pyStr(dictGet(column, key) ?? '') : '');
    return { name: of('name'), type: of('data_type') };
  });
}
