import { afterEach, describe, expect, it } from 'vitest';
import { Project } from '../runner/project.js';

let project: Project | undefined;
afterEach(() => project?.remove());

/** A value of each type of DuckDB's, and none. */
const TYPES = `select * from (values
  (1, true, 1::tinyint, -3::smallint, 70000, 9007199254740993, 170141183460469231731687303715884105727::hugeint, 18446744073709551615::ubigint,
   1.5::float, 1e300::double, 123456789012345678.90::decimal(38, 10), 'é"''', '\\x00\\xFF'::blob, date '0044-03-15 (BC)',
   time '23:59:59.999999', timestamp '2024-02-29 12:34:56.789012', timestamp_ns '2024-02-29 12:34:56.789012345', timestamp_s '2024-02-29 12:34:56',
   timestamp_ms '2024-02-29 12:34:56.789', timestamptz '2024-02-29 12:34:56.789012+00', timetz '12:34:56+02', interval '14 months 3 days 1.5 seconds',
   uuid '6b3cf8b2-2b3c-4f9e-9b7e-0f3f5d1d2c3b', '10110'::bit, [1, null, 3]::bigint[], [[1.25], []]::decimal(4, 2)[][],
   {'a': 'x', 'b': {'c': [date '2024-01-01']}}, map {'k': 1::bigint, 'l': 2}, [1, 2]::bigint[2]),
  (2, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)
) t(id, b, ti, si, i, bi, hi, ubi, f, d, de, s, bl, da, t, ts, tns, tss, tms, tz, ttz, iv, u, bits, li, lili, st, m, ar)`;

describe('rows through a TypeScript model', () => {
  it('keep each value of each type, in both directions', async () => {
    project = new Project({
      'models/types.sql': `{{ config(materialized='table') }}\n${TYPES}\n`,
      'models/through.ts': [
        "import type { Model } from 'tsdbt';",
        "export const model: Model = ({ ref, query }) => query(`select * from ${ref('types')} order by id`);",
      ].join('\n'),
      'tests/same.sql':
        "select id from {{ ref('types') }} one join {{ ref('through') }} other using (id) where (one::varchar) is distinct from (other::varchar)\n",
      'tests/all_there.sql': "select 1 where (select count(*) from {{ ref('through') }}) <> 2\n",
      'models/described.sql':
        "{{ config(materialized='table') }}\nselect column_name, data_type from information_schema.columns where table_name = 'through' -- {{ ref('through') }}\n",
    });
    const result = await project.run(['build']);
    expect(result.output).toContain('PASS=5 WARN=0 ERROR=0');
    const shown = await project.run(['show', '--select', 'described', '--output', 'json', '--limit', '99', '--quiet']);
    const types = Object.fromEntries(
      (JSON.parse(shown.output).show as { column_name: string; data_type: string }[]).map((row) => [
        row.column_name,
        row.data_type,
      ]),
    );
    expect(types).toEqual({
      ...{
        id: 'BIGINT',
        b: 'BOOLEAN',
        ti: 'BIGINT',
        si: 'BIGINT',
        i: 'BIGINT',
        bi: 'BIGINT',
        hi: 'HUGEINT',
        ubi: 'HUGEINT',
      },
      ...{
        f: 'DOUBLE',
        d: 'DOUBLE',
        de: 'DECIMAL(38,10)',
        s: 'VARCHAR',
        bl: 'BLOB',
        da: 'DATE',
        t: 'TIME',
        ts: 'TIMESTAMP',
      },
      ...{ tns: 'TIMESTAMP_NS', tss: 'TIMESTAMP_S', tms: 'TIMESTAMP_MS', tz: 'TIMESTAMP WITH TIME ZONE' },
      ...{
        ttz: 'TIME WITH TIME ZONE',
        iv: 'INTERVAL',
        u: 'UUID',
        bits: 'BIT',
        li: 'BIGINT[]',
        lili: 'DECIMAL(4,2)[][]',
      },
      ...{ st: 'STRUCT(a VARCHAR, b STRUCT(c DATE[]))', m: 'MAP(VARCHAR, BIGINT)', ar: 'BIGINT[]' },
    });
  });

  it('have the types that all rows together have, or that the properties or the table that is there give them', async () => {
    const rows = (list: string): string => `export const model = () => [${list}];\n`;
    project = new Project({
      'models/whole.ts': rows(
        "{ n: 1, f: 1, d: new Date('2024-01-02T03:04:05.678Z'), mixed: 1, none: null }, { n: 2, f: 2.5, mixed: 2n, later: 'x' }",
      ),
      'models/declared.ts': rows("{ n: 1, day: '2024-02-29', price: 12.345, code: 7 }"),
      'models/schema.yml': `version: 2
models:
  - name: declared
    config: { contract: { enforced: true } }
    columns:
      - { name: n, data_type: integer }
      - { name: day, data_type: date }
      - { name: price, data_type: 'decimal(10, 2)' }
      - { name: code, data_type: varchar }
  - name: nothing
    config: { contract: { enforced: true } }
    columns:
      - { name: a, data_type: integer }
      - { name: b, data_type: 'varchar[]' }
`,
      'models/nothing.ts': rows(''),
      'models/inc.ts':
        "export const model = ({ config, isIncremental }) => {\n  config({ materialized: 'incremental' });\n  return isIncremental() ? [] : [{ a: 1n, b: 'x' }];\n};\n",
      'models/types.sql':
        "{{ config(materialized='table') }}\nselect table_name || '.' || column_name as name, data_type as type from information_schema.columns -- {{ ref('whole') }} {{ ref('declared') }} {{ ref('nothing') }} {{ ref('inc') }}\n",
    });
    for (let i = 0; i < 2; i++) expect((await project.run(['build'])).output).toContain('PASS=5 WARN=0 ERROR=0');
    const shown = await project.run(['show', '--select', 'types', '--output', 'json', '--limit', '99', '--quiet']);
    const types = (JSON.parse(shown.output).show as { name: string; type: string }[]).map(
      ({ name, type }) => `${name} ${type}`,
    );
    expect(types.filter((type) => !type.startsWith('types.')).sort()).toEqual(
      [
        ...[
          'whole.n BIGINT',
          'whole.f DOUBLE',
          'whole.d TIMESTAMP',
          'whole.mixed BIGINT',
          'whole.none INTEGER',
          'whole.later VARCHAR',
        ],
        ...['declared.n INTEGER', 'declared.day DATE', 'declared.price DECIMAL(10,2)', 'declared.code VARCHAR'],
        ...['nothing.a INTEGER', 'nothing.b VARCHAR[]', 'inc.a BIGINT', 'inc.b VARCHAR'],
      ].sort(),
    );
    const declared = await project.run([
      'show',
      '--inline',
      "select * from {{ ref('declared') }}",
      '--output',
      'json',
      '--quiet',
    ]);
    expect(JSON.parse(declared.output).show).toEqual([{ n: 1, day: '2024-02-29', price: 12.35, code: '7' }]);
  });

  it('are refused with the row and the column', async () => {
    const cases: readonly (readonly [rows: string, message: string])[] = [
      ['[{ a: 1 }, { a: "x" }]', `Row 2, column 'a': "x" where the rows before have a number`],
      [
        '[{ a: 1.5 }, { a: 2n ** 70n }]',
        "Row 2, column 'a': 1180591620717411303424n where the rows before have a number",
      ],
      ['[{ a: [{ b: 1 }, { b: true }] }]', "Row 1, column 'a[1].b': true where the rows before have a number"],
      ['[{ a: [{ b: 1 }, 7] }]', "Row 1, column 'a[1]': 7 where the rows before have a struct"],
      ['many({ a: 1 }, { a: 1, b: 2 })', "Row 3001, column 'b': no row before has this column"],
      ['many({ a: null }, { a: 1 })', "Row 3001, column 'a': 1 where the rows before have NULL"],
      ['many({ a: { b: 1 } }, { a: { c: 1 } })', "Row 3001, column 'a.c': no row before has this field"],
      [
        'many({ a: 1n }, { a: 2n ** 127n })',
        "Row 3001, column 'a': 170141183460469231731687303715884105728n is more than a HUGEINT holds",
      ],
      [
        'many({ a: new Date(0) }, { a: new Date(NaN) })',
        "Row 3001, column 'a': Date invalid where the rows before have TIMESTAMP",
      ],
      [
        '[{ whole: 1 }, { whole: 1.5 }]',
        "Row 2, column 'whole': 1.5 is no whole number, and the column's type is one of whole numbers",
      ],
      ['[{ a: () => 1 }]', "Row 1, column 'a': a function has no type in SQL"],
      ['[{ a: new Error("x") }]', "Row 1, column 'a': Error Error: x has no type in SQL"],
      ['[{ a: 1, A: 2 }]', "The columns 'a' and 'A' differ in letter case only"],
      ['[1]', 'Row 1: 1 is no row: a row is an object with a value for each column'],
      ['[{}]', 'Row 1: the row has no columns'],
      ['[]', 'The model returned no rows, and its columns are not known'],
    ];
    const many = 'function* many(first, last) { for (let i = 0; i < 3000; i++) yield first; yield last; }';
    const declared = cases.findIndex(([rows]) => rows.includes('whole'));
    project = new Project({
      ...Object.fromEntries(
        cases.map(([rows], i) => [`models/bad_${i}.ts`, `${many}\nexport const model = () => ${rows};\n`]),
      ),
      'models/schema.yml': `version: 2\nmodels: [{ name: bad_${declared}, columns: [{ name: whole, data_type: bigint }] }]\n`,
    });
    const result = await project.run(['run']);
    const messages = Object.fromEntries(result.results.map(({ unique_id: id, message }) => [id, message]));
    expect(messages).toEqual(
      Object.fromEntries(
        cases.map(([, message], i) => [
          `model.shop.bad_${i}`,
          `Runtime Error in model bad_${i} (models/bad_${i}.ts)\n  ${message}`,
        ]),
      ),
    );
    expect(result.output).toContain('error[typescript-rows]');
    expect(result.output).toContain('models/bad_3.ts:1:1');
  });

  it('take objects of other libraries for what they are as JSON, and what is iterable for a list', async () => {
    project = new Project({
      'models/objects.ts': [
        'class Money { cents: number; constructor(cents: number) { this.cents = cents; } toJSON() { return (this.cents / 100).toFixed(2); } }',
        'class Point { x: number; constructor(x: number) { this.x = x; } toJSON() { return { x: this.x }; } }',
        'export function* model() {',
        "  for (let i = 0; i < 3000; i++) yield { m: new Money(i), p: new Point(i), s: new Set([i, i + 1]), u: new URL('http://a/') };",
        '}',
      ].join('\n'),
      'models/schema.yml':
        "version: 2\nmodels: [{ name: objects, columns: [{ name: m, data_type: 'decimal(9, 2)' }] }]\n",
    });
    expect((await project.run(['run'])).output).toContain('PASS=1');
    const query = "select max(m) as m, max(p.x) as x, max(s[2]) as s, any_value(u) as u from {{ ref('objects') }}";
    const shown = await project.run(['show', '--inline', query, '--output', 'json', '--quiet']);
    expect(JSON.parse(shown.output).show).toEqual([{ m: 29.99, x: 2999, s: 3000, u: 'http://a/' }]);
  });

  it('come from arrays, generators, async generators, streams of arrays and Parquet', async () => {
    project = new Project({
      'models/array.ts': 'export const model = () => [{ n: 1 }, { n: 2 }];\n',
      'models/promise.ts': 'export const model = async () => [{ n: 1 }, { n: 2 }];\n',
      'models/sync.ts': 'export function* model() { yield { n: 1 }; yield { n: 2 }; }\n',
      'models/chunked.ts': 'export async function* model() { yield [{ n: 1 }]; yield [{ n: 2 }]; }\n',
      'models/web.ts':
        'export const model = () => new ReadableStream({ start(c) { c.enqueue({ n: 1 }); c.enqueue({ n: 2 }); c.close(); } });\n',
      'models/path.ts':
        "export const model = ({ ref }) => ({ parquet: `data/${String(ref('file').identifier)}.parquet` });\n",
      'models/bytes.ts':
        "import { readFile } from 'node:fs/promises';\nexport const model = async ({ ref }) => ({ parquet: await readFile(new URL(`../data/${ref('file').identifier}.parquet`, import.meta.url)) });\n",
      'models/stream.ts':
        "import { createReadStream } from 'node:fs';\nexport const model = ({ ref }) => ({ parquet: createReadStream(new URL(`../data/${ref('file').identifier}.parquet`, import.meta.url)) });\n",
      'data/.keep': '',
      'models/file.sql':
        "{{ config(materialized='external', location='data/file.parquet') }}\nselect * from range(1, 3) t(n)\n",
    });
    expect((await project.run(['build'])).output).toContain('PASS=9 WARN=0 ERROR=0');
    const names = ['array', 'promise', 'sync', 'chunked', 'web', 'path', 'bytes', 'stream'];
    const union = names
      .map((name) => `select '${name}' as name, list(n order by n) as rows from {{ ref('${name}') }}`)
      .join(' union all ');
    const shown = await project.run(['show', '--inline', union, '--output', 'json', '--limit', '99', '--quiet']);
    const found = JSON.parse(shown.output).show as { name: string; rows: string }[];
    expect(Object.fromEntries(found.map(({ name, rows }) => [name, rows]))).toEqual(
      Object.fromEntries(names.map((name) => [name, '[1, 2]'])),
    );
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(`${project.root}/target/typescript`).filter((name) => name.endsWith('.parquet'))).toEqual([]);
  });
});
