import { type Duty, ROLE_OF } from '../schema/roles.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { joinClients, leaveClients } from './clients.ts';
import { clusterPassword, DATABASE, ensureCluster, hasRoles, rolePassword } from './cluster.ts';
import { type DataFolder, prepareDataFolder } from './data-folder.ts';
import { EmbeddedDatabaseError } from './embedded-error.ts';
import { withFolderLock } from './folder-lock.ts';
import { askToStop, findRunning, startServer, stopServer } from './server.ts';
import { HOST, readStatus } from './server-status.ts';
import { watchServer } from './watch.ts';

/** What an embedded database is opened with. */
export interface EmbeddedOptions {
  readonly dataFolder: string | undefined;
  readonly pgBinDir: string | undefined;
  readonly durable: boolean;
  readonly onNotice: (notice: string) => void;
}

/** An embedded database in use; its urls change if a restart finds its port taken. */
export interface EmbeddedDatabase {
  readonly urlFor: (duty: Duty) => string;
  /** For who makes databases of their own beside the bank's, such as tests. */
  readonly administratorUrl: string;
  readonly dataFolder: string;
  readonly onDown: (listener: () => void) => void;
  readonly close: () => Promise<void>;
}

/** Attaches to the server of a data folder, or creates and starts it. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = prepareDataFolder(options.dataFolder);
  if (options.dataFolder === undefined && place.user !== undefined) {
    options.onNotice(`data folder \`${place.folder}\`, server user \`${place.user.name}\``);
  }
  const search = { pgBinDir: options.pgBinDir, dataFolder: place.folder, user: place.user };
  let found: Binaries | undefined;
  const binaries = () => {
    found ??= findBinaries(search);
    return found;
  };
  const start = () => startIfNeeded({ place, binaries, options });
  const { client, port } = await withFolderLock(place.folder, async () => {
    const joined = joinClients(place.folder);
    try {
      return { client: joined, port: await start() };
    } catch (error) {
      leaveClients(place.folder, joined);
      throw error;
    }
  });
  return serve({ place, binaries, options, client, port, start });
}

interface Starting {
  readonly place: DataFolder;
  readonly binaries: () => Binaries;
  readonly options: EmbeddedOptions;
}

interface Serving extends Starting {
  readonly client: string;
  readonly port: number;
  readonly start: () => Promise<number>;
}

async function startIfNeeded({ place, binaries, options }: Starting): Promise<number> {
  const running = await findRunning(place);
  if (running !== undefined) {
    if (!hasRoles(place)) throw olderServer(place);
    return running;
  }
  ensureCluster(place, binaries(), options.durable);
  return startServer({ place, binaries: binaries(), durable: options.durable });
}

function serve(serving: Serving): EmbeddedDatabase {
  const { place, options } = serving;
  const listeners = new Set<() => void>();
  const password = clusterPassword(place);
  let port = serving.port;
  const stopWatching = watchServer({
    isUp: () => readStatus(place.clusterFolder) !== undefined,
    onDown: () => {
      options.onNotice('the database server ended unexpectedly, restarting it');
      for (const listener of listeners) listener();
    },
    restart: async () => {
      port = await withFolderLock(place.folder, serving.start);
      options.onNotice('the database server is back');
    },
    onFailure: (error, waitMs) => {
      const reason = error instanceof Error ? error.message : String(error);
      options.onNotice(`${reason}: trying again in ${waitMs} ms`);
    },
  });
  return {
    urlFor: (duty) =>
      urlOf({ user: ROLE_OF[duty], password: rolePassword(password, duty), port }),
    get administratorUrl() {
      return urlOf({ user: DATABASE, password, port });
    },
    dataFolder: place.folder,
    onDown: (listener) => void listeners.add(listener),
    close: closeOnce(serving, stopWatching),
  };
}

function urlOf(by: { readonly user: string; readonly password: string; readonly port: number }) {
  const password = encodeURIComponent(by.password);
  return `postgresql://${by.user}:${password}@${HOST}:${by.port}/${DATABASE}`;
}

function olderServer({ folder }: DataFolder): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'START_FAILED',
    `the database server of \`${folder}\` was started by an earlier version of this program: ` +
      'end whatever uses it, and start again',
  );
}

/** The last client to leave stops the server, also when its process ends without closing. */
function closeOnce(serving: Serving, stopWatching: () => Promise<void>): () => Promise<void> {
  const { place, binaries, client } = serving;
  const leaveAtExit = () => {
    const status = readStatus(place.clusterFolder);
    const remaining = leaveClients(place.folder, client);
    if (status !== undefined && remaining === 0)
      askToStop(place.clusterFolder, status, binaries());
  };
  process.once('exit', leaveAtExit);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await stopWatching();
    await withFolderLock(place.folder, async () => {
      process.off('exit', leaveAtExit);
      if (leaveClients(place.folder, client) > 0) return;
      await stopServer({ place, binaries: binaries(), durable: serving.options.durable });
    });
  };
  return () => {
    closing ??= close();
    return closing;
  };
}
