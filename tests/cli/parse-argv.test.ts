import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/option-table.js';
import { type GivenOptions, parseArgv } from '../../src/cli/parse-argv.js';

function given(...args: string[]): GivenOptions {
  const parsed = parseArgv(args);
  if (parsed.kind !== 'command') throw new Error(`not a command: ${args.join(' ')}`);
  return parsed.given;
}

function problem(...args: string[]): { readonly code: string; readonly message: string; readonly hint?: string } {
  try {
    parseArgv(args);
  } catch (error) {
    const { code, message, diagnostic } = error as { code: string; message: string; diagnostic: { hint?: string } };
    return { code, message, ...(diagnostic?.hint ? { hint: diagnostic.hint } : {}) };
  }
  throw new Error(`was accepted: ${args.join(' ')}`);
}

describe('options', () => {
  it('of all commands stand before or after the command', () => {
    expect(given('-t', 'prod', 'run')).toEqual({ target: 'prod' });
    expect(given('run', '-t', 'prod')).toEqual({ target: 'prod' });
    expect(given('--quiet', 'run', '--log-format', 'json', '-x')).toEqual({
      quiet: true,
      log_format: 'json',
      fail_fast: true,
    });
  });

  it('that are lists take several values, and can be repeated', () => {
    expect(given('run', '-s', 'a', 'b', '--exclude', 'c')).toEqual({ select: ['a', 'b'], exclude: ['c'] });
    expect(given('run', '--select', 'a', '--select', 'b c')).toEqual({ select: ['a', 'b', 'c'] });
    expect(given('run', '--select=a', 'b')).toEqual({ select: ['a', 'b'] });
    expect(given('run', '-m', 'a', '--models', 'b')).toMatchObject({ select: ['a', 'b'], models_used: true });
    expect(given('build', '--resource-type', 'model', 'seed')).toEqual({ resource_types: ['model', 'seed'] });
    expect(given('build', '--resource-type', 'model seed')).toEqual({ resource_types: ['model', 'seed'] });
  });

  it('have negations', () => {
    expect(given('run', '--no-use-colors', '--no-write-json', '--no-partial-parse')).toEqual({
      use_colors: false,
      write_json: false,
      partial_parse: false,
    });
    expect(given('docs', 'generate', '--no-compile')).toEqual({ compile: false });
  });

  it('keep YAML as text', () => {
    expect(given('run', '--vars', '{a: 1}')).toEqual({ vars: '{a: 1}' });
  });

  it('without effect are accepted', () => {
    expect(given('run', '--no-static-parser', '--no-send-anonymous-usage-stats', '--single-threaded')).toEqual({});
    expect(given('run', '--no-defer')).toEqual({ defer: false });
  });
});

describe('commands', () => {
  it('have aliases and sub-commands', () => {
    const which = (...args: string[]): unknown => (parseArgv(args) as { which?: unknown }).which;
    expect(which('list')).toBe('list');
    expect(which('ls')).toBe('list');
    expect(which('docs')).toBe('generate');
    expect(which('docs', 'serve')).toBe('serve');
    expect(which('docs', 'lineage', '--output', 'mermaid')).toBe('lineage');
    expect(which('docs', '--empty-catalog')).toBe('generate');
  });

  it('print help of their own', () => {
    for (const { path, help } of COMMANDS) {
      const parsed = parseArgv([...path, '--help']);
      expect(parsed.kind).toBe('text');
      expect((parsed as { text: string }).text).toContain(help.slice(0, 40));
    }
    expect((parseArgv(['--help']) as { text: string }).text).toContain('Commands:');
    expect((parseArgv([]) as { text: string }).text).toContain('Commands:');
  });
});

describe('what is wrong', () => {
  it('is named, with what was meant', () => {
    expect(problem('run', '--treads', '3')).toMatchObject({
      code: 'cli-usage',
      message: "unknown option '--treads'",
      hint: expect.stringContaining("Did you mean '--threads'?"),
    });
    expect(problem('rnu').hint).toContain("Did you mean 'run'?");
    expect(problem('docs', 'serv').hint).toContain("Did you mean 'serve'?");
    expect(problem('--threads', '4', 'run').hint).toContain('goes behind the command');
    expect(problem('run', '--threads', 'abc').message).toContain("'abc' is not a valid integer");
    expect(problem('ls', '--output', 'jsn')).toMatchObject({ hint: "Did you mean 'json'?" });
    expect(problem('run', 'extra').code).toBe('cli-usage');
    expect(problem('run', '--vars').code).toBe('cli-usage');
    expect(problem('build', '--resource-type', 'nonsense').message).toContain("'nonsense' is not one of");
  });

  it('is told apart from what tsdbt has not (cli-unsupported)', () => {
    expect(problem('run', '--record-timing-info', 'x').code).toBe('cli-unsupported');
  });
});
