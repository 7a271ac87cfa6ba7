import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
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

describe('started by npm, whose shell passes no signal on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nextbest-npm-'));
  const script = join(folder, 'service.mjs');
  const launcher = join(CHECKOUT, 'scripts', 'launch.mjs');
  afterAll(() => rmSync(folder, { recursive: true }));

  // `; true` keeps the shell from becoming the launcher, as some do with a script's last command.
  test.each([
    ['SIGTERM', ''],
    ['SIGTERM', '; true'],
    ['SIGHUP', '; true'],
    ['SIGKILL', '; true'],
  ] as const)('%s to npm ends the service in its own way: `start%s`', async (signal, more) => {
    const goodbye = join(folder, `goodbye-${signal}-${more.length}`);
    const service = `import { writeFileSync } from 'node:fs';
      process.on('SIGTERM', () => { writeFileSync('${goodbye}', 'closed'); process.exit(0); });
      setInterval(() => {}, 1000);
      console.log('pids', process.pid, process.ppid);`;
    writeFileSync(script, service);
    const start = `node "${launcher}" "${script}"${more}`;
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { start } }));
    const npm = spawn('npm', ['start'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    const pids = await pidsOf(npm);
    npm.kill(signal);
    await ended(npm);
    for (let waited = 0; waited < 100 && pids.some(isAlive); waited += 1) await sleep(50);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(readFileSync(goodbye, 'utf8')).toBe('closed');
  });
});

/** The script and its launcher, as the script tells them. */
function pidsOf(npm: ChildProcess): Promise<readonly number[]> {
  return new Promise((done) => {
    let text = '';
    npm.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, ...pids] = /pids (\d+) (\d+)/.exec(text) ?? [];
      if (pids.length === 2) done(pids.map(Number));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that nobody waits for any more is on the list, and ended.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

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
