import type { Duty } from '../schema/roles.ts';
import { openEmbedded } from './embedded-database.ts';
import { EmbeddedDatabaseError } from './embedded-error.ts';

/** Where the database is to be found; all absent means an embedded one in the default folder. */
export interface OpenDatabaseOptions {
  readonly databaseUrl?: string | undefined;
  /** By which the owner connects, where the database is the bank's own. */
  readonly ownerUrl?: string | undefined;
  readonly dataFolder?: string | undefined;
  readonly pgBinDir?: string | undefined;
  /** False gives up durability for speed: for tests only. */
  readonly durable?: boolean;
  readonly onNotice?: (notice: string) => void;
}

/** A database to connect to; close it to let the embedded server stop. */
export interface OpenDatabase {
  /** By which a process of this duty connects; the owner's is undefined where it was not named. */
  readonly urlFor: (duty: Duty) => string | undefined;
  /** For who makes databases of their own beside the bank's, such as tests. */
  readonly administratorUrl: string;
  readonly kind: 'external' | 'embedded';
  readonly dataFolder?: string;
  /** Calls back each time the embedded server is found dead; an external one is not watched. */
  readonly onDown: (listener: () => void) => void;
  readonly close: () => Promise<void>;
}

/** Opens the bank's own database where a URL is given, else the embedded one. */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<OpenDatabase> {
  const { databaseUrl, dataFolder, pgBinDir, durable = true, onNotice = () => {} } = options;
  if (databaseUrl !== undefined && databaseUrl !== '') {
    return openExternal(databaseUrl, options.ownerUrl);
  }
  const database = await openEmbedded({ dataFolder, pgBinDir, durable, onNotice });
  return {
    urlFor: database.urlFor,
    get administratorUrl() {
      return database.administratorUrl;
    },
    kind: 'embedded',
    dataFolder: database.dataFolder,
    onDown: database.onDown,
    close: database.close,
  };
}

function openExternal(url: string, ownerUrl: string | undefined): OpenDatabase {
  refuseOthers('DATABASE_URL', url);
  if (ownerUrl !== undefined) refuseOthers('NEXTBEST_OWNER_URL', ownerUrl);
  return {
    urlFor: (duty) => (duty === 'OWNER' ? ownerUrl : url),
    administratorUrl: url,
    kind: 'external',
    onDown: () => {},
    close: async () => {},
  };
}

function refuseOthers(setting: string, url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'postgres:' || protocol === 'postgresql:') return;
  throw new EmbeddedDatabaseError(
    'BAD_DATABASE_URL',
    `${setting} is no PostgreSQL address: write \`postgresql://user:password@host/database\``,
  );
}
