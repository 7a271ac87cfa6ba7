import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Commands in processes of their own, as a person types them, over one database. */
export function nextbestCommand(databaseUrl: string, dataFolder: string) {
  const env = { ...process.env, DATABASE_URL: databaseUrl, NEXTBEST_DATA: dataFolder, PORT: '0' };
  return (...args: readonly string[]): Promise<Ended> =>
    new Promise((done) => {
      const script = join(ROOT, 'src/main/nextbest.ts');
      const flags = ['--no-warnings', script, ...args];
      execFile(process.execPath, flags, { cwd: ROOT, env }, (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code ?? 1);
        done({ code, stdout, stderr });
      });
    });
}
