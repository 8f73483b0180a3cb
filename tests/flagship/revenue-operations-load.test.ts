import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { contents, query, ROOT, script, temporaryFolder } from './support.ts';

interface CsvModule {
  loadCsv(
    work: { landing: string; aside: string; connection: DuckDBConnection },
    path: string,
    entity: { name: string; file: string; isFolder: boolean },
    columns: readonly string[],
  ): Promise<{ raw: number; clean: number; rejects: { count: number } }>;
}
interface MembersModule {
  readMembers(
    path: string,
    name: string | undefined,
    member: (key: string, value: { text: string; isString: boolean }) => void,
    seen: (bytes: Buffer) => undefined,
  ): Promise<void>;
}

interface ClientsModule {
  clientele(options: { seed: number; cardClients: number; cards: number }): {
    clients: { cards: number }[];
    cards: unknown[];
  };
}

const folder: string = join(ROOT, 'project/load/revenue_operations');
const { loadCsv } = (await import(join(folder, 'csv.mjs'))) as CsvModule;
const { clientele } = (await import(join(folder, '../../generate/revenue_operations/clients.mjs'))) as ClientsModule;
const { readMembers } = (await import(join(folder, 'json-members.mjs'))) as MembersModule;

const SYSTEM = ['--system', 'revenue_operations'];
const FILES = [
  'cards_data.csv',
  'mcc_codes.json',
  'train_fraud_labels.json',
  'transactions_data.csv',
  'users_data.csv',
];
const HEADERS = {
  transactions_data:
    'id,date,client_id,card_id,amount,use_chip,merchant_id,merchant_city,merchant_state,zip,mcc,errors',
  users_data:
    'id,current_age,retirement_age,birth_year,birth_month,gender,address,latitude,longitude,per_capita_income,yearly_income,total_debt,credit_score,num_credit_cards',
  cards_data:
    'id,client_id,card_brand,card_type,card_number,expires,cvv,has_chip,num_cards_issued,credit_limit,acct_open_date,year_pin_last_changed,card_on_dark_web',
};

function landed(...options: string[]): string {
  const lake = temporaryFolder();
  const done = script('generate/main.mjs', ...SYSTEM, '--lake', lake, ...options);
  expect(done.err).toBe('');
  return lake;
}

const load = (lake: string) => script('load/main.mjs', ...SYSTEM, '--lake', lake);
const homeOf = (lake: string) => join(lake, 'revenue_operations');

/** A landing zone with files written by hand; the others have their header alone. */
function written(files: Readonly<Record<string, string | Buffer>>): string {
  const lake = temporaryFolder();
  const landing = join(homeOf(lake), 'landing');
  mkdirSync(landing, { recursive: true });
  for (const [name, header] of Object.entries(HEADERS)) writeFileSync(join(landing, `${name}.csv`), `${header}\n`);
  writeFileSync(join(landing, 'mcc_codes.json'), '{}');
  writeFileSync(join(landing, 'train_fraud_labels.json'), '{"target": {}}');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(landing, name), text);
  return lake;
}

describe('the extract', () => {
  test('the same options give the same bytes, another seed gives others', () => {
    const of = (...options: string[]) => contents(join(homeOf(landed('--scale', 'tiny', ...options)), 'landing'));
    const first = of();
    expect([...first.keys()]).toEqual(['_generated.json', ...FILES]);
    expect(of()).toEqual(first);
    const other = of('--seed', '7');
    for (const name of FILES.filter((file) => file !== 'mcc_codes.json'))
      expect(other.get(name), name).not.toBe(first.get(name));
  });

  test('it has the layout of the public data set, and the edge cases that hurt', () => {
    const lake = landed();
    const read = (name: string) => readFileSync(join(homeOf(lake), 'landing', name), 'utf8');
    const lines = read('transactions_data.csv').trimEnd().split('\n');
    expect(lines[0]).toBe(HEADERS.transactions_data);
    expect(lines.length - 1).toBe(20_000);
    const usual =
      /^\d+,201\d-[01]\d-[0-3]\d [0-2]\d:[0-5]\d:00,\d{1,3},\d{1,3},\$-?\d+\.\d\d,(Swipe|Chip|Online) Transaction,\d+,(ONLINE,,|[A-Z][^,"]+,[A-Z]{2},\d{4,5}\.0|[A-Z][^,"]+,[A-Z][a-z][A-Za-z ]+,),\d{4},([A-Z][A-Za-z ]+|"[A-Z][A-Za-z ]+,[A-Z][A-Za-z ]+")?$/;
    expect(lines.filter((line) => usual.test(line)).length / 20_000).toBeGreaterThan(0.995);
    const times = lines.slice(1).flatMap((line) => (usual.test(line) ? [line.split(',')[1] ?? ''] : []));
    expect(times, 'ordered by time').toEqual([...times].sort());
    expect(times[0]?.slice(0, 10)).toBe('2010-01-01');
    expect(times.at(-1)?.slice(0, 10)).toBe('2019-10-31');
    const text = lines.join('\n');
    for (const [what, pattern] of Object.entries({
      'unknown client': /^\d+,[^,]+,900\d{4},/m,
      'unknown card': /^\d+,[^,]+,\d{1,3},900\d{4},/m,
      'unknown mcc': /,1234,/,
      refunds: /,\$-\d+\.\d\d,/,
      'unparseable amounts': /,(\$twelve|\$12\.5O|N\/A),/,
      'unparseable dates': /,(2015-13-45 10:00:00|yesterday),/,
      'too many fields': /,surplus$/m,
      'stray quotes': /,[A-Z][a-z]"[a-z]/,
      'quotes that are not closed': /,"[A-Z][a-zA-Z' ]+,[^"\n]*$/m,
      'wrong encoding': /Z\ufffdrich/,
      'other line ends': /\r$/m,
      'several errors': /,"Bad PIN,Insufficient Balance"$/m,
      abroad: /,Mexico,,/,
    }))
      expect(pattern.test(text), what).toBe(true);
    const ids = lines.slice(1).map((line) => line.split(',')[0]);
    expect(new Set(ids).size, 'duplicated ids').toBeLessThan(ids.length - 5);
    expect(read('users_data.csv')).toMatch(/^\d+,\d+,\d+,\d+,\d+,(Fem|M)ale,"\d+ \w+ \w+, Apt ""\d+""",/m);
    expect(Object.keys(JSON.parse(read('mcc_codes.json'))).length).toBe(109);
    const labels = read('train_fraud_labels.json');
    expect(Object.keys(JSON.parse(labels))).toEqual(['target']);
    for (const part of ['": "Yes"', '": "Maybe"', '": ""', '": null', '": false', '": 1', '": {', '"9', '\\u0023'])
      expect(labels.includes(part), part).toBe(true);
  });

  test('fraud has its habits: stolen cards, at night, online, some categories, large amounts', async () => {
    const lake = landed('--scale', '8000');
    expect(load(lake).status).toBe(0);
    const clean = join(homeOf(lake), 'clean');
    const [found] = await query(
      ':memory:',
      `with t as (
        select l.label = 'Yes' as fraud, try_cast(replace(t.amount, '$', '') as double) as amount, substr(t.date, 12, 2) < '05' as night,
          t.merchant_city = 'ONLINE' as online, t.mcc in ('5732', '5094', '5045', '5944', '4829', '5311') as risky, t.card_id
        from '${clean}/transactions/*.parquet' t join '${clean}/fraud_labels/*.parquet' l on l.transaction_id = t.id where l.label in ('Yes', 'No'))
      select avg(fraud::int) as share, median(amount) filter (fraud) / median(amount) filter (not fraud) as amounts,
        avg(night::int) filter (fraud) / avg(night::int) filter (not fraud) as nights,
        avg(online::int) filter (fraud) / avg(online::int) filter (not fraud) as online,
        avg(risky::int) filter (fraud) / avg(risky::int) filter (not fraud) as risky from t`,
    );
    expect(Number(found?.share)).toBeGreaterThan(0.001);
    expect(Number(found?.share)).toBeLessThan(0.01);
    for (const habit of ['amounts', 'nights', 'online', 'risky'])
      expect(Number(found?.[habit]), habit).toBeGreaterThan(1.5);
  });

  test('files that are not the generator’s are not overwritten, and are loaded with --skip-generate', () => {
    const lake = landed('--scale', 'tiny');
    const path = join(homeOf(lake), 'landing', 'users_data.csv');
    expect(script('generate/main.mjs', ...SYSTEM, '--lake', lake, '--scale', 'tiny').status).toBe(0);
    appendFileSync(path, `5000${HEADERS.users_data.replace(/[^,]/g, '')}\n`);
    const mine = contents(join(homeOf(lake), 'landing'));
    const refused = script('generate/main.mjs', ...SYSTEM, '--lake', lake, '--scale', 'tiny');
    expect(refused.status).toBe(2);
    expect(refused.err).toContain(`${path} is not the generator's`);
    expect(contents(join(homeOf(lake), 'landing'))).toEqual(mine);
    const stub = join(lake, 'stub.mjs');
    writeFileSync(stub, '');
    const done = script(
      'run.mjs',
      ...SYSTEM,
      '--skip-generate',
      '--lake',
      lake,
      '--dbt',
      `${process.execPath} ${stub}`,
    );
    expect(done.status).toBe(0);
    expect(done.out).toContain('loaded 5 files of the card issuer');
  });
});

test('any number of clients has its cards', () => {
  for (let number = 20; number < 160; number++) {
    const cards = Math.round(number * 3.073);
    const made = clientele({ seed: 5, cardClients: number, cards });
    expect(made.cards.length, `${number} clients`).toBe(cards);
    expect(made.clients.every((client) => client.cards >= 1 && client.cards <= 9)).toBe(true);
    expect(made.clients.reduce((sum, client) => sum + client.cards, 0)).toBe(cards);
  }
});

describe('loading', () => {
  test('raw = clean + rejected for each file, counted by hand, and every value is as it was delivered', async () => {
    const lake = landed();
    const done = load(lake);
    expect(done.err).toBe('');
    const home = homeOf(lake);
    const audit = await query(':memory:', `from '${home}/audit/load_audit.parquet' order by entity`);
    const counted = Object.fromEntries(audit.map((row) => [row.source_file, Number(row.raw_rows)]));
    const linesOf = (name: string) =>
      readFileSync(join(home, 'landing', name), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1);
    for (const name of FILES.filter((file) => file.endsWith('.csv')))
      expect(counted[name], name).toBe(linesOf(name).length);
    expect(counted['train_fraud_labels.json']).toBe(
      [
        ...readFileSync(join(home, 'landing/train_fraud_labels.json'), 'utf8').matchAll(
          /"[^"]+": ("|null|true|false|1|\{"label)/g,
        ),
      ].length,
    );
    for (const row of audit) {
      const place = ['transactions', 'fraud_labels'].includes(String(row.entity)) ? `${row.entity}/*` : row.entity;
      const [found] = await query(
        ':memory:',
        `select (select count(*)::int from '${home}/clean/${place}.parquet') as clean,
          (select count(*)::int from '${home}/rejects/rejects.parquet' where entity = '${row.entity}') as rejected,
          (select count(distinct source_row)::int from (
            select source_row from '${home}/clean/${place}.parquet' union all
            select source_row from '${home}/rejects/rejects.parquet' where entity = '${row.entity}')) as numbers`,
      );
      expect(Number(row.source_bytes)).toBe(statSync(join(home, 'landing', String(row.source_file))).size);
      expect(found?.clean, String(row.entity)).toBe(Number(row.clean_rows));
      expect(found?.rejected, String(row.entity)).toBe(Number(row.rejected_rows));
      expect(Number(row.raw_rows), String(row.entity)).toBe(Number(found?.clean) + Number(found?.rejected));
      expect(found?.numbers, String(row.entity)).toBe(Number(row.raw_rows));
    }
    const clean = new Map<number, unknown[]>();
    for (const row of await query(':memory:', `from '${home}/clean/transactions/*.parquet'`)) {
      const { source_row: number, ...values } = row;
      clean.set(Number(number), Object.values(values));
    }
    for (const [i, text] of linesOf('transactions_data.csv').entries()) {
      if (text.includes('"') || !clean.has(i + 1)) continue;
      expect(clean.get(i + 1)).toEqual(
        text
          .replace(/\r$/, '')
          .split(',')
          .map((value) => (value === '' ? null : value)),
      );
    }
    const rejected = await query(
      ':memory:',
      `select reason, count(*)::int as n from '${home}/rejects/rejects.parquet' where entity = 'transactions' group by reason order by reason`,
    );
    expect(rejected.map((row) => row.reason)).toEqual([
      'invalid_encoding',
      'misplaced_quote',
      'unterminated_quote',
      'wrong_field_count',
    ]);
  });

  test('each line that is no record is a reject of its own, with its reason and its bytes', async () => {
    const good = (id: number, rest = '') =>
      `${id},2010-01-01 00:01:00,825,2956,$24.26,Online Transaction,18563,ONLINE,,,4784,${rest}`;
    const lines: [string | Buffer, string | undefined][] = [
      [good(1), undefined],
      [`${good(2, '"Bad PIN,Insufficient Balance"')}\r`, undefined],
      ['', undefined],
      [good(3, '"said ""no"" to it"'), undefined],
      [good(4, '"never closed'), 'unterminated_quote'],
      [good(5), undefined],
      [good(6, '"one" two'), 'misplaced_quote'],
      [good(7, 'one "two"'), 'misplaced_quote'],
      [good(8, '"a,b",surplus"x"'), 'misplaced_quote'],
      [good(9, 'x,y'), 'wrong_field_count'],
      ['10,2010', 'wrong_field_count'],
      [Buffer.from(good(11, 'Zürich'), 'latin1'), 'invalid_encoding'],
      [good(12, 'nul\0byte'), 'invalid_encoding'],
      [good(13, 'one\rtwo'), 'stray_carriage_return'],
      ['"', 'unterminated_quote'],
      [`${good(14, '東京')}`, undefined],
      [good(15).toString(), undefined],
    ];
    const bytes = Buffer.concat([
      Buffer.from(`\ufeff${HEADERS.transactions_data}\r\n`),
      ...lines.flatMap(([text], i) => [Buffer.from(text as string), Buffer.from(i < lines.length - 1 ? '\n' : '')]),
    ]);
    const lake = written({ 'transactions_data.csv': bytes });
    const done = load(lake);
    expect(done.err).toBe('');
    const records = lines.filter(([text]) => text !== '');
    const home = homeOf(lake);
    const rejects = await query(':memory:', `from '${home}/rejects/rejects.parquet' order by source_row`);
    expect(rejects.map((row) => [Number(row.source_row), row.reason, row.raw_record])).toEqual(
      records.flatMap(([text, reason], i) =>
        reason === undefined
          ? []
          : [
              [
                i + 1,
                reason,
                Buffer.from(text as string)
                  .toString('utf8')
                  .replace('\0', '\ufffd'),
              ],
            ],
      ),
    );
    expect(rejects[0]).toMatchObject({ entity: 'transactions', source_file: 'transactions_data.csv' });
    const clean = await query(
      ':memory:',
      `select id, errors, source_row from '${home}/clean/transactions/*.parquet' order by source_row`,
    );
    expect(clean.map((row) => [Number(row.source_row), row.id, row.errors])).toEqual([
      [1, '1', null],
      [2, '2', 'Bad PIN,Insufficient Balance'],
      [3, '3', 'said "no" to it'],
      [5, '5', null],
      [15, '14', '東京'],
      [16, '15', null],
    ]);
  });

  test('whatever the bytes are: lines in = rows + rejects, and what is a row reads as it should', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'noise.csv');
    let state = 12_345;
    const draw = (n: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >> 8) % n;
    };
    const pieces = ['a', 'bc', ',', ',', '"', '""', '\n', '\n', '\r', '\r\n', 'é', '\xff', ' ', "'", '\\', '\t'];
    const bytes = Buffer.concat([
      Buffer.from('a,b,c\n'),
      ...Array.from({ length: 80_000 }, () => {
        const piece = pieces[draw(pieces.length)] ?? '';
        return piece === '\xff' ? Buffer.from([0xff]) : Buffer.from(piece);
      }),
    ]);
    writeFileSync(path, bytes);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const entity = { name: 'noise', file: 'noise.csv', isFolder: true };
    const done = await loadCsv({ landing: folder, aside: folder, connection }, path, entity, ['a', 'b', 'c']);
    const expected: string[][] = [];
    let raw = 0;
    for (const text of bytes.toString('latin1').split('\n').slice(1)) {
      const line = text.replace(/\r$/, '');
      if (line === '') continue;
      raw += 1;
      const fields = line.match(/^("(?:[^"]|"")*"|[^",]*),("(?:[^"]|"")*"|[^",]*),("(?:[^"]|"")*"|[^",]*)$/)?.slice(1);
      if (!fields || /\r/.test(line.replace(/"(?:[^"]|"")*"/g, '')) || line.includes('\xff')) continue;
      expected.push([
        ...fields.map((field) =>
          Buffer.from(field.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'), 'latin1').toString(),
        ),
        String(raw),
      ]);
    }
    expect(done.raw).toBe(raw);
    expect(done.clean + done.rejects.count).toBe(raw);
    const rows = (
      await connection.runAndReadAll(`select coalesce(a, ''), coalesce(b, ''), coalesce(c, ''), source_row::varchar
        from '${folder}/noise/*.parquet' order by source_row`)
    ).getRows();
    expect(rows.length).toBeGreaterThan(300);
    expect(rows).toEqual(expected);
    connection.closeSync();
    instance.closeSync();
  });

  test('the shortest records, a million of them, and a line that is too long', async () => {
    const lake = written({
      'transactions_data.csv': `${HEADERS.transactions_data}\n${`${','.repeat(11)}\n`.repeat(1_000_001)}`,
    });
    const done = load(lake);
    expect(done.err).toBe('');
    const [found] = await query(
      ':memory:',
      `select count(*)::int as n, max(source_row)::int as last, count(distinct source_row)::int as numbers, count(id)::int as ids
      from '${homeOf(lake)}/clean/transactions/*.parquet'`,
    );
    expect(found).toEqual({ n: 1_000_001, last: 1_000_001, numbers: 1_000_001, ids: 0 });
    expect(readdirSync(join(homeOf(lake), 'clean/transactions')).length).toBeLessThanOrEqual(2);
    appendFileSync(join(homeOf(lake), 'landing/transactions_data.csv'), 'x'.repeat(6_000_000));
    expect(load(lake).err).toMatch(/the line that begins at byte 12000\d{3} is longer than a megabyte/);
  });

  test('only new and changed files are loaded; what was damaged or lost is mended', async () => {
    const lake = landed('--scale', 'tiny');
    const home = homeOf(lake);
    expect(load(lake).out).toContain('loaded 5 files of the card issuer (0 unchanged)');
    const first = contents(home);
    expect(load(lake).out).toContain('loaded 0 files of the card issuer (5 unchanged)');
    expect(contents(home)).toEqual(first);
    // The same bytes at another time are unchanged.
    utimesSync(join(home, 'landing/cards_data.csv'), 1, 1);
    expect(load(lake).out).toContain('loaded 0 files of the card issuer (5 unchanged)');
    appendFileSync(join(home, 'landing/cards_data.csv'), 'half a card\n');
    const before = await query(':memory:', `select count(*)::int as n from '${home}/rejects/rejects.parquet'`);
    expect(load(lake).out).toContain('loaded 1 files of the card issuer (4 unchanged)');
    const after = await query(':memory:', `select count(*)::int as n from '${home}/rejects/rejects.parquet'`);
    expect(Number(after[0]?.n)).toBe(Number(before[0]?.n) + 1);
    truncateSync(join(home, 'clean/fraud_labels/part-0000.parquet'), 20);
    rmSync(join(home, 'clean/users.parquet'));
    mkdirSync(join(home, '.aside'));
    expect(load(lake).out).toContain('loaded 2 files of the card issuer (3 unchanged)');
    expect(existsSync(join(home, '.aside'))).toBe(false);
    for (const name of ['clean/users.parquet', 'clean/fraud_labels/part-0000.parquet'])
      expect(contents(home).get(name)).toBe(first.get(name));
    rmSync(join(home, 'rejects'), { recursive: true });
    expect(load(lake).out).toContain('loaded 5 files');
  });

  test('another header, a missing file: a clear error, and what was there stays', () => {
    const lake = landed('--scale', 'tiny');
    const home = homeOf(lake);
    expect(load(lake).status).toBe(0);
    const before = contents(join(home, 'clean'));
    const path = join(home, 'landing/transactions_data.csv');
    writeFileSync(path, readFileSync(path, 'utf8').replace('merchant_state', 'state'));
    const renamed = load(lake);
    expect(renamed.status).toBe(1);
    expect(renamed.err).toContain('missing: merchant_state; not in the schema: state');
    rmSync(path);
    const missing = load(lake);
    expect(missing.err).toContain(`${path}: no such file; put the public data set's there`);
    expect(missing.err).not.toContain('    at ');
    expect(contents(join(home, 'clean'))).toEqual(before);
    expect(readdirSync(home)).not.toContain('.aside');
  });
});

describe('labels', () => {
  async function membersOf(
    text: string | Buffer,
    name: string | undefined = 'target',
  ): Promise<[string, string, boolean][]> {
    const path = join(temporaryFolder(), 'labels.json');
    writeFileSync(path, text);
    const found: [string, string, boolean][] = [];
    await readMembers(
      path,
      name,
      (key, value) => {
        found.push([key, value.text, value.isString]);
      },
      () => undefined,
    );
    return found;
  }

  test('every member comes once, whatever its value, duplicate keys too', async () => {
    expect(
      await membersOf(`\ufeff {"made": {"target": {"no": "x"}}, "target": {"1": "No","1":"Yes",
        "2": null, "\\u0033": "\\"Y\\u00e9s\\"", "4": {"a": [1, {"b": "c"}], "d": {}}, "5": [], "": "", "6": -1.5e3, "7": true}, "list": ["target", {"target": 1}],
        "target": {"8": "東京"}} \n`),
    ).toEqual([
      ['1', 'No', true],
      ['1', 'Yes', true],
      ['2', 'null', false],
      ['3', '"Yés"', true],
      ['4', '{"a":[1,{"b":"c"}],"d":{}}', false],
      ['5', '[]', false],
      ['', '', true],
      ['6', '-1500', false],
      ['7', 'true', false],
      ['8', '東京', true],
    ]);
  });

  test.each([
    ['', 'the file ends too early, at byte 0'],
    ['[]', 'the file has no object "target"'],
    ['{"target": ["No"]}', 'the file has no object "target"'],
    ['{"1": "No"}', 'the file has no object "target"'],
    ['{"target": {"1": "No" "2": "No"}}', '"2" at byte 22 is out of place'],
    ['{"target": {"1": "No",}}', '"}" at byte 22 is out of place'],
    ['{"target": {"1" "No"}}', '"No" at byte 16 is out of place'],
    ['{"target": {1: "No"}}', '1 at byte 12 is out of place'],
    ['{"target": {"1": }}', 'at byte 17 is out of place'],
    ['{"target": {"1": [1 2]}}', '2 at byte 20 is out of place'],
    ['{"target": {}} {}', '"{" at byte 15 is out of place'],
    ['{"target": {}} x', 'no valid JSON after byte 13'],
    [Buffer.from('{"target": {"1": "N\xe9", "2": "No"}}', 'latin1'), 'the text after byte 15 is not valid UTF-8'],
  ])('%s is refused', async (text, message) => {
    await expect(membersOf(text)).rejects.toThrow(message);
  });

  test('a file that was cut off anywhere is refused with the place, and nothing of it is published', async () => {
    const whole = '{"target": {"10649266": "No", "23410063": "Yés", "9": null}}';
    const bytes = Buffer.from(whole);
    for (let length = 0; length < bytes.length; length++)
      await expect(membersOf(bytes.subarray(0, length)), `cut at ${length}`).rejects.toThrow(
        `the file ends too early, at byte ${length}`,
      );
    expect(await membersOf(bytes)).toHaveLength(3);
    const lake = landed('--scale', 'tiny');
    expect(load(lake).status).toBe(0);
    const before = contents(join(homeOf(lake), 'clean'));
    const path = join(homeOf(lake), 'landing/train_fraud_labels.json');
    truncateSync(path, 30_000);
    const done = load(lake);
    expect(done.status).toBe(1);
    expect(done.err).toMatch(
      /train_fraud_labels\.json: the file ends too early, at byte 30000: the last whole token is at byte 299\d\d/,
    );
    expect(contents(join(homeOf(lake), 'clean'))).toEqual(before);
  });

  // FLAGSHIP_FULL=1 is the public data set's nine million; otherwise what a suite can bear.
  const FULL = process.env.FLAGSHIP_FULL === '1';
  const LABELS = FULL ? 8_914_963 : 150_000;
  test(`${LABELS.toLocaleString('en')} labels in, as many out`, { timeout: FULL ? 600_000 : 60_000 }, async () => {
    const pieces: string[] = [];
    const lake = written({});
    const path = join(homeOf(lake), 'landing/train_fraud_labels.json');
    writeFileSync(path, '{"target": {');
    for (let i = 0; i < LABELS; i++) {
      pieces.push(`${i === 0 ? '' : ', '}"${7_475_327 + ((i * 7_919) % LABELS)}": "${i % 700 === 3 ? 'Yes' : 'No'}"`);
      if (pieces.length === 100_000) appendFileSync(path, pieces.splice(0).join(''));
    }
    appendFileSync(path, `${pieces.join('')}}}`);
    const done = load(lake);
    expect(done.err).toBe('');
    const [found] = await query(
      ':memory:',
      `select count(*)::int as n, count(distinct transaction_id)::int as ids, count(distinct source_row)::int as numbers,
        count(*) filter (label = 'Yes')::int as yes, count(*) filter (label = 'No')::int as no, min(transaction_id::int) as low, max(transaction_id::int) as high,
        sum((transaction_id::bigint <> 7475327 + ((source_row - 1) * 7919) % ${LABELS})::int)::int as misplaced
      from '${homeOf(lake)}/clean/fraud_labels/*.parquet'`,
    );
    const yes = Math.floor((LABELS - 4) / 700) + 1;
    expect(found).toEqual({
      n: LABELS,
      ids: LABELS,
      numbers: LABELS,
      yes,
      no: LABELS - yes,
      low: 7_475_327,
      high: 7_475_327 + LABELS - 1,
      misplaced: 0,
    });
  });
});
