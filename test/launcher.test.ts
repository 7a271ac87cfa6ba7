import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isNewEnough } from '../scripts/launch.mjs';
import { CHECKOUT } from './support/source-tree.ts';

describe('the launcher', () => {
  test.each([
    ['18.20.4', false],
    ['20.20.2', false],
    ['22.17.9', false],
    ['22.18.0', true],
    ['24.0.0', true],
  ])('node %s is new enough: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });

  test('ends with the exit code of the script', async () => {
    expect(await ended(launch('process.exit(7)'))).toBe(7);
  });

  test('runs typescript sources', async () => {
    const child = launch("import('./test/support/source-tree.ts').then(() => process.exit(3))");
    expect(await ended(child)).toBe(3);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('passes %s on', async (signal) => {
    const handle = `process.on('${signal}', () => process.exit(5))`;
    const child = launch(`${handle}; setInterval(() => {}, 1000); console.log('up')`);
    await new Promise((up) => child.stdout?.once('data', up));
    child.kill(signal);
    expect(await ended(child)).toBe(5);
  });

  test('ends like a shell would when a signal ends the script', async () => {
    expect(await ended(launch("process.kill(process.pid, 'SIGKILL')"))).toBe(137);
  });
});

function launch(code: string): ChildProcess {
  const script = join(CHECKOUT, 'scripts', 'launch.mjs');
  return spawn(process.execPath, [script, '-e', code], {
    cwd: CHECKOUT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once('exit', done));
}
