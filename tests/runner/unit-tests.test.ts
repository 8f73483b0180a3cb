import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Project } from './project.js';
import { RunCase } from './run-case.js';

const project = new URL('../cases/run/unit_tests/', import.meta.url);

describe('unit tests without anything in the database', () => {
  it('finds the columns of parents that are not built by binding their code', async () => {
    const run = new RunCase(project);
    const properties = readFileSync(new URL('models/schema.yml', project), 'utf8').replace(
      'tables: [{name: events}]',
      'tables: [{name: events, columns: [{name: order_id, data_type: int}, {name: kind, data_type: varchar}]}]',
    );
    try {
      const done = await run.step({
        command: ['test', '--select', 'orders', 'over_eph', 'inc', 'dim', 'over_dim'],
        files: { 'models/schema.yml': properties },
      });
      const statuses = Object.fromEntries(
        (done.results ?? []).map(({ unique_id: id, status }) => [id.split('.').at(-1), status]),
      );
      expect(statuses).toEqual({
        dicts: 'pass',
        overrides: 'pass',
        differs: 'fail',
        extra_rows: 'fail',
        nothing_expected: 'fail',
        nothing_comes: 'pass',
        fixtures: 'pass',
        full: 'pass',
        next: 'pass',
        each_version_v1: 'pass',
        each_version_v2: 'pass',
        of_version: 'pass',
      });
      expect(done.relations).toEqual({});
    } finally {
      await run.close();
    }
  });
});

describe('inputs that are files', () => {
  it("takes the columns of a source with an external_location from its file; without the file it's an input that can't be read", async () => {
    const project = new Project({
      'data/people.csv': 'id,name,born\n7,ada,1815-12-10\n',
      'models/sources.yml': [
        'sources:',
        '  - name: files',
        '    config: {external_location: "data/{name}.csv"}',
        '    tables: [{name: people}, {name: absent}]',
      ].join('\n'),
      'models/old.sql': "select id, extract(year from born) as year from {{ source('files', 'people') }}",
      'models/none.sql': "select * from {{ source('files', 'absent') }}",
      'models/schema.yml': [
        'unit_tests:',
        '  - name: years',
        '    model: old',
        "    given: [{input: \"source('files', 'people')\", rows: [{id: 1, born: '1912-06-23'}]}]",
        '    expect: {rows: [{id: 1, year: 1912}]}',
        '  - name: nothing',
        '    model: none',
        "    given: [{input: \"source('files', 'absent')\", rows: [{id: 1}]}]",
        '    expect: {rows: [{id: 1}]}',
      ].join('\n'),
    });
    try {
      const good = await project.run(['test', '--select', 'old']);
      expect(good.exitCode, good.output).toBe(0);
      expect(good.output).toContain('PASS old::years');
      const bad = await project.run(['test', '--select', 'none']);
      expect(bad.exitCode).toBe(1);
      expect(bad.output).toContain("Not able to get columns for unit test 'absent'");
    } finally {
      project.remove();
    }
  });
});

describe('what is told of unit tests', () => {
  it('names the entry that is wrong, and shows what differs', async () => {
    const project = new Project({
      'models/a.sql': 'select 1 as id',
      'models/b.sql': "select id from {{ ref('a') }}",
      'models/schema.yml': [
        'unit_tests:',
        '  - name: typo',
        '    model: b',
        "    given: [{input: ref('aa'), rows: []}]",
        '    expect: {rows: []}',
        '  - name: type',
        '    model: b',
        "    given: [{input: ref('a'), rows: [{id: x}]}]",
        '    expect: {rows: []}',
        '  - name: value',
        '    model: b',
        "    given: [{input: ref('a'), rows: [{id: 1}]}]",
        '    expect: {rows: [{id: 2}]}',
      ].join('\n'),
    });
    try {
      const { output, exitCode } = await project.run(['test']);
      expect(exitCode).toBe(1);
      expect(output).toContain('3 unit tests');
      expect(output).toMatch(/error\[unit-test-failed\][\s\S]*?models\/schema\.yml:6:5/);
      expect(output).toMatch(/error\[unit-test-input\][\s\S]*?models\/schema\.yml:2:5/);
      const dbts = await project.run(['test', '--no-sample']);
      expect(dbts.output).toMatch(/FAIL 1 b::value [\s\S]*actual differs from expected:\s+@@ ,id\s+\+\+\+,1\s+---,2/);
    } finally {
      project.remove();
    }
  });
});
