import { describe, expect, it } from 'vitest';
import { Table } from '../../src/adapters/base/table.js';
import { printTable } from '../../src/adapters/base/table-print.js';
import { compileTemplate } from '../../src/jinja/environment.js';
import { withDatabase } from './helpers.js';

const SQL =
  "select * from (values (1, 'a', 1.5::decimal(6,5), null, true), (1234567, null, 2.25555, null, false)) v(a, b, c, d, e)";

async function table(sql = SQL): Promise<Table> {
  return withDatabase({}, async (session) => Table.fromQuery(await session.execute(sql, { fetch: true })));
}

async function render(template: string, sql?: string): Promise<string> {
  const names = new Map<string, unknown>([['t', await table(sql)]]);
  const context = { get: (name: string) => names.get(name), has: (name: string) => names.has(name) };
  return compileTemplate(template, { file: 't.sql' }).renderSync(context as never);
}

/** Recorded from dbt 1.11.16. */
describe('the table of a query in a template', () => {
  it.each([
    ['{{ t.column_names }}', "('a', 'b', 'c', 'd', 'e')"],
    ['{{ t.rows | length }} {{ t | length }}', '2 2'],
    ['{{ t.columns[0].values() }}', '(1, 1234567)'],
    ["{{ t.columns['b'].values() }}", "('a', None)"],
    ['{{ t.columns[2].values_sorted() }}', "[Decimal('1.50000'), Decimal('2.25555')]"],
    ['{{ t.columns[1].name }}', 'b'],
    ['{{ t.rows[0] }}', "<agate.Row: (1, 'a', Decimal('1.50000'), None, True)>"],
    ['{{ t.rows[0].values() }}', "(1, 'a', Decimal('1.50000'), None, True)"],
    ['{{ t[1][0] }} {{ t.rows[-1][0] }}', '1234567 1234567'],
    [
      "{% for r in t %}{{ r['a'] }}{{ r.b }}{{ r[2] }}{{ r.get('zz', 'q') }};{% endfor %}",
      '1a1.50000q;1234567None2.25555q;',
    ],
    ['{{ t.rows[0].keys() }}', "('a', 'b', 'c', 'd', 'e')"],
    ["{{ t.rename({'a': 'z'}).column_names }}", "('z', 'b', 'c', 'd', 'e')"],
    ["{{ t.select(['b', 'a']).rows[0] }}", "<agate.Row: ('a', 1)>"],
    ["{{ t.exclude('b').column_names }}", "('a', 'c', 'd', 'e')"],
    ['{{ t.limit(1) | length }}', '1'],
    ["{{ t.columns | map(attribute='name') | join('-') }}", 'a-b-c-d-e'],
    ["{{ t.order_by('a', reverse=true).columns[0].values() }}", '(1234567, 1)'],
    ['{% if t.rows %}yes{% endif %}', 'yes'],
  ])('%s', async (template, text) => {
    expect(await render(template)).toBe(text);
  });

  it('names a second column of the same name apart', async () => {
    expect(await render('{{ t.column_names }} {{ t[0].values() }}', 'select 1 as x, 2 as x')).toBe(
      "('x', 'x_2') (1, 2)",
    );
  });

  it('prints its columns and types', async () => {
    expect(await render('{{ t }}')).toBe(
      '| column | data_type |\n| ------ | --------- |\n| a      | Integer   |\n| b      | Text      |\n' +
        '| c      | Number    |\n| d      | Integer   |\n| e      | Boolean   |\n',
    );
  });

  it('prints between pipes as agate does', async () => {
    const all = { maxRows: 20, maxColumns: 6, maxColumnWidth: 20, maxPrecision: 3 };
    expect(printTable(await table(), all)).toBe(
      '|       a | b |      c | d |     e |\n| ------- | - | ------ | - | ----- |\n' +
        '|       1 | a | 1.500… |   |  True |\n| 1234567 |   | 2.256… |   | False |\n',
    );
    expect(printTable(await table(), { ...all, maxRows: 1, maxColumns: 2 })).toBe(
      '| a | b | ... |\n| - | - | --- |\n| 1 | a | ... |\n| ... | ... | ... |\n',
    );
  });

  it('says which columns there are', async () => {
    await expect(render("{{ t.select(['nope']) }}")).rejects.toThrow("The table has no column 'nope'");
  });
});
