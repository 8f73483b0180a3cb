import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { MemoryTerminal } from '../helpers/memory-output.js';
import { makeProject } from '../helpers/project.js';

const bin = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const ENDLESS = 'select sum(a.range * b.range) as id from range(10000000) a, range(10000000) b';

/** Runs a command on a terminal of Python's making, and presses Ctrl-C once a text was seen. */
const PTY = `
import fcntl, os, pty, struct, sys, termios
columns, until, *command = sys.argv[1:]
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(columns), 0, 0))
    os.execvp(command[0], command)
out, pressed = b'', False
while True:
    try: data = os.read(fd, 65536)
    except OSError: break
    if not data: break
    out += data
    if not pressed and until.encode() in out:
        pressed = True
        os.write(fd, b'\\x03')
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.buffer.write(out)
sys.exit(status)
`;

function onTerminal(columns: number, until: string, project: string, env: { readonly [name: string]: string } = {}) {
  const { status, stdout } = spawnSync('python3', ['-c', PTY, String(columns), until, process.execPath, bin, 'run'], {
    cwd: project,
    env: { PATH: process.env['PATH'], HOME: project, TERM: 'xterm', ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, text: stdout.replaceAll('\r\n', '\n') };
}

it.each([80, 30])(
  'a terminal of %i columns: a line for what runs, a bar, and nothing of them afterwards',
  (columns) => {
    expect(existsSync(bin)).toBe(true);
    const project = makeProject({
      'models/a.sql': 'select 1 as id',
      'models/slow.sql': `{{ config(materialized='table') }} -- {{ ref('a') }}\n${ENDLESS}`,
    });
    // The bar says one of two, the line below the results says how long `slow` has taken.
    const { status, text } = onTerminal(columns, '1/2', project);
    expect(status).toBe(2);
    expect(text).toMatch(/sql table mode.* \S*\d\.\ds/);
    expect(text.split('\u001b[?25l')).toHaveLength(2);
    expect(text.lastIndexOf('\u001b[?25h')).toBeGreaterThan(text.indexOf('\u001b[?25l'));
    const terminal = new MemoryTerminal(columns, 24);
    terminal.write(text.replace('^C', ''));
    expect(terminal.screen).not.toMatch(/[━─⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
    expect(terminal.screen.replaceAll('\n', '')).toContain('Exited because of keyboard interrupt');
  },
);

it('NO_COLOR leaves the live lines and takes the colours; CI gets plain lines', () => {
  const project = makeProject({ 'models/a.sql': 'select 1 as id' });
  const plain = onTerminal(80, 'never said', project, { NO_COLOR: '1' }).text;
  expect(plain).toContain('\u001b[?25l');
  expect(plain).not.toMatch(/\u001b\[\d*m/);
  expect(onTerminal(80, 'never said', project, { CI: 'true' }).text).not.toMatch(/\u001b\[[?A-LN-Z0-9]*[A-Zhl]/);
});
