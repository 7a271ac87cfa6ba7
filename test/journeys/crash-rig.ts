import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { openDemoIssuer } from '../../src/adapters/identity/demo-issuer.ts';
import {
  type OpenDatabase,
  openDatabase,
} from '../../src/adapters/postgres/embedded/open-database.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** A demo service in a process of its own over a durable database of its own. */
export interface CrashRig {
  readonly dataFolder: string;
  /** Where the service is now, or was before it was killed. */
  url(): string;
  token(): Promise<string>;
  /** Kills the service as a power cut would, and waits until it is gone. */
  killService(): Promise<void>;
  /** Starts the service again as an operator would. */
  restartService(): Promise<void>;
  /** Another client of the same server: it stays while the rig is open. */
  readonly database: OpenDatabase;
  close(): Promise<void>;
}

/** Generates a small demo bank and serves it. */
export async function openCrashRig(customers: number): Promise<CrashRig> {
  const parent = await mkdtemp(join(tmpdir(), 'nextbest-crash-'));
  await chmod(parent, 0o711);
  const dataFolder = join(parent, 'data');
  let service = await startService(['start', '--customers', String(customers)], dataFolder);
  const database = await openDatabase({ dataFolder });
  return {
    dataFolder,
    database,
    url: () => service.url,
    async token() {
      const issuer = await openDemoIssuer(dataFolder, systemClock);
      return issuer.sign({ subject: 'crash-rig', roles: ['AGENT'] });
    },
    killService: () => kill(service.child),
    async restartService() {
      service = await startService(['serve'], dataFolder);
    },
    async close() {
      await kill(service.child);
      await database.close();
      await rm(parent, { recursive: true });
    },
  };
}

interface Service {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Resolves once the service has said where it is. */
async function startService(args: readonly string[], dataFolder: string): Promise<Service> {
  const program = join(ROOT, 'src/main/nextbest.ts');
  const child = spawn(process.execPath, ['--no-warnings', program, ...args], {
    cwd: ROOT,
    env: serviceEnvironment(dataFolder),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /(http:\/\/127\.0\.0\.1:\d+)\/graphql/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return { child, url };
  }
  throw new Error(`\`nextbest ${args.join(' ')}\` ended before it served`);
}

function serviceEnvironment(dataFolder: string): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, NODE_OPTIONS: __, ...environment } = process.env;
  return { ...environment, NEXTBEST_DATA: dataFolder, NEXTBEST_LOG: 'silent', PORT: '0' };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
}
