/** Lets the server of the test run stop. */
export default async function globalTeardown() {
  await globalThis.nextbestTestServer?.close();
}
