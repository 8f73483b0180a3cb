import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contextModules, startedAt } from '../../src/context/modules.js';
import { compileTemplate } from '../../src/jinja/environment.js';
import { pyStr } from '../../src/jinja/values.js';

const recorded = JSON.parse(readFileSync(new URL('../cases/context/modules.json', import.meta.url), 'utf8')) as {
  cases: { template: string; expected: string }[];
};
const modules = contextModules();
const context = { get: (name: string) => (name === 'modules' ? modules : undefined) };

describe('modules, as recorded from dbt', () => {
  it.each(recorded.cases.map((c) => [c.template, c.expected]))('%s', async (template, expected) => {
    const compiled = compileTemplate(template, { file: 'models/m.sql' });
    expect(compiled.renderSync(context)).toBe(expected);
    expect(await compiled.render(context)).toBe(expected);
  });

  it('refuses a zone that does not exist as pytz does', () => {
    const compiled = compileTemplate("{{ modules.pytz.timezone('Europe/Nowhere') }}", { file: 'models/m.sql' });
    expect(() => compiled.renderSync(context)).toThrow(/Europe\/Nowhere/);
  });

  it('never counts without an end', () => {
    const compiled = compileTemplate('{{ modules.itertools.repeat(1) | list }}', { file: 'models/m.sql' });
    expect(() => compiled.renderSync(context)).toThrow(/without an end/);
  });
});

it('run_started_at is aware, in UTC', () => {
  expect(pyStr(startedAt(new Date('2026-11-21T10:00:00.250Z')))).toBe('2026-11-21 10:00:00.250000+00:00');
});
