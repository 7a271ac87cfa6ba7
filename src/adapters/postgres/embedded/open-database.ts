import { openEmbedded } from './embedded-database.ts';
import { EmbeddedDatabaseError } from './embedded-error.ts';

/** Where the database is to be found; all absent means an embedded one in the default folder. */
export interface OpenDatabaseOptions {
  readonly databaseUrl?: string | undefined;
  readonly dataFolder?: string | undefined;
  readonly pgBinDir?: string | undefined;
  /** False gives up durability for speed: for tests only. */
  readonly durable?: boolean;
  readonly onNotice?: (notice: string) => void;
}

/** A database to connect to; close it to let the embedded server stop. */
export interface OpenDatabase {
  readonly url: string;
  readonly kind: 'external' | 'embedded';
  readonly dataFolder?: string;
  /** Calls back each time the embedded server is found dead; an external one is not watched. */
  readonly onDown: (listener: () => void) => void;
  readonly close: () => Promise<void>;
}

/** Opens the bank's own database where a URL is given, else the embedded one. */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<OpenDatabase> {
  const { databaseUrl, dataFolder, pgBinDir, durable = true, onNotice = () => {} } = options;
  if (databaseUrl !== undefined && databaseUrl !== '') return openExternal(databaseUrl);
  const database = await openEmbedded({ dataFolder, pgBinDir, durable, onNotice });
  return {
    get url() {
      return database.url;
    },
    kind: 'embedded',
    dataFolder: database.dataFolder,
    onDown: database.onDown,
    close: database.close,
  };
}

function openExternal(url: string): OpenDatabase {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    throw new EmbeddedDatabaseError(
      'BAD_DATABASE_URL',
      'DATABASE_URL is no PostgreSQL address: write `postgresql://user:password@host/database`',
    );
  }
  return { url, kind: 'external', onDown: () => {}, close: async () => {} };
}
