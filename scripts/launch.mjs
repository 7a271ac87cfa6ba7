/**
 * Runs a script under a Node that is new enough, wherever npm left one.
 *
 * Plain JavaScript that Node 18 can read: it is the one file that must not need what it looks for.
 * It never relies on node_modules/.bin/node, because npm 10 removes that link when it drops the
 * Node packages of the other platforms.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { arch, argv, env, execPath, exit, platform, stderr, versions } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OLDEST = [22, 18];

/** The path of a Node that can run the sources, or undefined. */
export function findNode(startFolder) {
  return findPackagedNode(startFolder) ?? (isNewEnough(versions.node) ? execPath : undefined);
}

/** Whether a version such as `24.21.0` can run TypeScript sources without a flag. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Spawns the found Node with the arguments, forwards signals and ends with its exit code. */
export function launch(args) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const node = findNode(root);
  if (node === undefined) {
    stderr.write(missingNodeMessage());
    exit(1);
  }
  // Compiled sources are kept between starts, which halves the time to a first answer; where the
  // folder cannot be written, Node goes on without.
  const compileCache = join(root, 'node_modules', '.cache', 'nextbest-compiled');
  const child = spawn(node, args, {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compileCache, ...env },
  });
  forwardSignals(child);
  if (env.npm_lifecycle_event !== undefined) endWithNpm(child);
  child.once('error', (error) => {
    stderr.write(`nextbest: cannot start \`${node}\`: ${error.message}\n`);
    exit(1);
  });
  child.once('exit', (code, signal) => exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

function findPackagedNode(startFolder) {
  const system = platform === 'win32' ? 'win' : platform;
  const file = platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = startFolder; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', `node-${system}-${arch}`, 'bin', file);
    if (existsSync(found)) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * A terminal sends ctrl-C to the whole process group, so the child has it already: the launcher
 * only stays alive to report the child's exit code. What is sent to the launcher alone is passed.
 */
function forwardSignals(child) {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGUSR2']) {
    process.on(signal, () => child.kill(signal));
  }
  process.on('SIGINT', () => {
    if (process.stdin.isTTY !== true) child.kill('SIGINT');
  });
}

/**
 * npm passes a signal to the shell of its script and no further: the shell dies, and what it
 * started would go on without anybody who could end it. So under npm the child ends with npm.
 */
function endWithNpm(child) {
  const parent = process.ppid;
  const starter = starterOf(parent);
  const watch = setInterval(() => {
    if (process.ppid === parent && (starter === undefined || isAlive(starter))) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 100);
  watch.unref();
}

/** Whoever started a shell, where the system tells it; undefined where the process is no shell. */
function starterOf(pid) {
  try {
    const [, name, rest] = /^\d+ \((.*)\) \w (.*)$/s.exec(
      readFileSync(`/proc/${pid}/stat`, 'utf8'),
    );
    return /^(sh|dash|bash|ash|busybox)$/.test(name) ? Number(rest.split(' ')[0]) : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function missingNodeMessage() {
  const wanted = OLDEST.join('.');
  return [
    `nextbest: node ${versions.node} is too old, ${wanted} or newer is needed`,
    `and \`node-${platform}-${arch}\` is not in node_modules:`,
    `run \`npm ci\` without \`--omit=optional\`, or install node ${wanted} or newer\n`,
  ].join(' ');
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  launch(argv.slice(2));
}
