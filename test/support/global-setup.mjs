/**
 * Starts what every suite shares, once a run. A plain module, because Jest turns a global setup
 * in TypeScript into CommonJS, where the migrations cannot be imported.
 */
import { startTestServer } from './test-server.ts';

/** Passes the server to the teardown, and its address to the workers by the environment. */
export default async function globalSetup() {
  globalThis.nextbestTestServer = await startTestServer();
}
