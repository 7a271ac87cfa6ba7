import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOST } from './server-status.ts';

/** What of the server's settings varies. */
export interface VaryingSettings {
  readonly port: number;
  readonly durable: boolean;
}

/**
 * Writes the server's settings afresh, so that an upgrade of ours reaches old data folders; an
 * operator's own go to postgresql.auto.conf by ALTER SYSTEM, which wins. Statements and details
 * hold customer data and stay out of the log.
 */
export function writeSettings(clusterFolder: string, { port, durable }: VaryingSettings): void {
  const settings: Readonly<Record<string, string | number | boolean>> = {
    listen_addresses: HOST,
    port,
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '128MB',
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    max_wal_size: '2GB',
    jit: false,
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'ISO, YMD',
    default_text_search_config: 'pg_catalog.simple',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_checkpoints: false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quoted(value)}\n`);
  writeFileSync(join(clusterFolder, 'postgresql.conf'), lines.join(''), { mode: 0o644 });
}

function quoted(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'number' ? String(value) : `'${value}'`;
}
