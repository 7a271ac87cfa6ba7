import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nextbest, ROOT } from '../support/command.ts';
import { ASK, decided } from '../support/demo-queries.ts';
import { post } from '../support/demo-service.ts';
import { type RunningCommand, startProgram } from '../support/running-command.ts';

const SERVED = 'ctrl-C ends it';
const STAGES = [
  'open the database',
  'generate the demo bank',
  'import the demo bank',
  'train the forests',
  'build and activate the first release',
];

describe('anyone starts the demo', () => {
  let parent: string;
  let dataFolder: string;
  let scratch: string;
  let running: RunningCommand | undefined;
  let kept: { readonly id: string; readonly decisionId: string };

  const start = () => {
    running = startDemo(dataFolder, scratch);
    return running;
  };
  const command = (...args: readonly string[]) =>
    nextbest(args, { DATABASE_URL: '', NEXTBEST_DATA: dataFolder, PORT: '0' });
  const token = async (role: string) => {
    const { stdout, stderr, code } = await command('token', '--role', role);
    expect([code, stderr]).toEqual([0, '']);
    return stdout.trim();
  };
  const serverPid = async () => {
    const file = join(dataFolder, 'postgres', 'postmaster.pid');
    return existsSync(file) ? Number((await readFile(file, 'utf8')).split('\n')[0]) : undefined;
  };
  const stop = async (demo: RunningCommand) => {
    const pid = await serverPid();
    demo.child.kill('SIGINT');
    expect(await demo.ended).toBe(0);
    expect(pid !== undefined && (await isGone(pid))).toBe(true);
    expect(await serverPid()).toBeUndefined();
  };

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'nextbest-start-'));
    await chmod(parent, 0o711);
    dataFolder = join(parent, 'data');
    scratch = join(parent, 'scratch');
    await mkdir(scratch, { mode: 0o777 });
  });
  afterAll(async () => {
    running?.child.kill('SIGINT');
    await running?.ended;
    await rm(parent, { recursive: true });
  });

  test('ctrl-C in the midst of it leaves no process and nothing half loaded', async () => {
    const demo = start();
    await demo.says(`✓ ${STAGES[1]}`);
    const pid = await serverPid();
    expect(pid).toBeDefined();
    const ofDemo = async () =>
      (await readdir(scratch)).filter((name) => name.startsWith('nextbest-demo-'));
    expect(await ofDemo()).toHaveLength(1);
    demo.child.kill('SIGINT');
    await demo.ended;
    expect(await ofDemo()).toEqual([]);
    expect(pid !== undefined && (await isGone(pid))).toBe(true);
    const { code, stderr } = await command('serve');
    expect([code, stderr]).toEqual([1, expect.stringContaining('the database holds no bank')]);
  }, 120_000);

  test('the stages are shown with their times, and where to go', async () => {
    const demo = start();
    const output = await demo.says(SERVED);
    for (const stage of STAGES)
      expect(output).toMatch(new RegExp(`✓ ${stage}[^✓]*\\(\\d+\\.\\d s\\)`));
    expect(output).toMatch(/GraphQL {2}http:\/\/127\.0\.0\.1:\d+\/graphql/);
    expect(output).toContain('npx nextbest token --role agent');
  }, 180_000);

  test('the printed query runs as it stands, with a token of the printed command', async () => {
    const { url, query } = printed(running?.output() ?? '');
    const agent = await token('agent');
    const { status, data, errors } = await post(`${url}/graphql`, agent, { query });
    expect([status, errors]).toEqual([200, []]);
    expect(data?.nextBestActions).toMatchObject({ decisionId: expect.any(String) });
    const id = /customerId: "(\w+)"/.exec(query)?.[1] ?? '';
    const variables = { id, channel: 'AGENT', requestId: 'before the restart' };
    const answer = await post(`${url}/graphql`, agent, { query: ASK, variables });
    kept = { id, decisionId: decided(answer).decisionId };
  }, 60_000);

  test('health, metrics and the landing page answer', async () => {
    const { url } = printed(running?.output() ?? '');
    const get = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}${path}`, { headers });
      return { status: response.status, text: await response.text() };
    };
    expect(await get('/health/live')).toEqual({ status: 200, text: '{"status":"LIVE"}' });
    expect(await get('/health/ready')).toEqual({ status: 200, text: '{"status":"READY"}' });
    const metrics = await get('/metrics');
    expect(metrics.text).toMatch(/nextbest_decisions_total\{[^}]*\} [12]\n/);
    expect(metrics.text).not.toContain(kept.id);
    const page = await get('/graphql', { accept: 'text/html' });
    expect([page.status, /apollo/i.test(page.text)]).toEqual([200, true]);
  });

  test('ctrl-C ends it and leaves no process; the next start keeps all data', async () => {
    if (running !== undefined) await stop(running);
    const before = performance.now();
    const again = start();
    const output = await again.says(SERVED);
    const { url } = printed(output);
    expect(output).not.toContain(STAGES[1]);
    expect(output).not.toContain(STAGES[3]);
    const variables = { id: kept.id, channel: 'AGENT', requestId: 'before the restart' };
    const agent = await token('agent');
    const answer = decided(await post(`${url}/graphql`, agent, { query: ASK, variables }));
    expect(answer.decisionId).toBe(kept.decisionId);
    process.stderr.write(`warm start: ${Math.round(performance.now() - before)} ms\n`);
    await stop(again);
    running = undefined;
  }, 60_000);

  test('SIGTERM to `npm start` alone ends service and database too', async () => {
    const npm = spawn('npm', ['start'], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: '',
        NEXTBEST_DATA: dataFolder,
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise((done) => npm.once('close', done));
    let output = '';
    await new Promise<void>((served) => {
      npm.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes(SERVED)) served();
      });
    });
    const pid = await serverPid();
    npm.kill('SIGTERM');
    // Its output closes once the last process that writes to it has ended.
    await closed;
    expect(pid !== undefined && (await isGone(pid))).toBe(true);
    expect(await serverPid()).toBeUndefined();
    const url = printed(output).url;
    await expect(fetch(`${url}/health/live`)).rejects.toThrow('fetch failed');
  }, 60_000);
});

function startDemo(dataFolder: string, scratch: string): RunningCommand {
  const launched = [join(ROOT, 'scripts/launch.mjs'), join(ROOT, 'src/main/nextbest.ts')];
  return startProgram([...launched, 'start', '--customers', '100'], {
    DATABASE_URL: '',
    NEXTBEST_DATA: dataFolder,
    PORT: '0',
    TMPDIR: scratch,
  });
}

/** The address and the query that a person would copy. */
function printed(output: string): { readonly url: string; readonly query: string } {
  const url = /GraphQL {2}(http:\S+)\/graphql/.exec(output)?.[1] ?? '';
  const query = output.slice(output.indexOf('{ nextBestActions'), output.indexOf(SERVED));
  return { url, query };
}

/** A server that was asked to stop may take a moment. */
async function isGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 100; i += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(100);
  }
  return false;
}
