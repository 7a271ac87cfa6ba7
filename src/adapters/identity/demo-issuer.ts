import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { Clock } from '../../app/ports/clock.ts';
import type { DemoIdentity } from '../../app/ports/identity.ts';
import { CLAIMS } from './claim-names.ts';
import type { IssuerSettings } from './token-verifier.ts';

const ALGORITHM = 'ES256';
const LIFE_SECONDS = 8 * 3600;

/** Signs tokens for trying out; exists only beside the demo bank on loopback. */
interface DemoIssuer {
  readonly settings: IssuerSettings;
  sign(who: DemoIdentity): Promise<string>;
}

/** Opens the demo issuer of a data folder, making its key at the first time. */
export async function openDemoIssuer(dataFolder: string, clock: Clock): Promise<DemoIssuer> {
  const folder = join(dataFolder, 'issuer');
  const privateFile = join(folder, 'private.jwk.json');
  const publicFile = join(folder, 'jwks.json');
  if (!existsSync(privateFile)) await makeKey({ folder, privateFile, publicFile });
  const settings: IssuerSettings = {
    issuer: 'https://issuer.demo.invalid',
    audience: 'nextbest',
    jwks: publicFile,
    algorithms: [ALGORITHM],
  };
  return { settings, sign: (who) => sign(who, privateFile, clock) };
}

async function makeKey(files: {
  readonly folder: string;
  readonly privateFile: string;
  readonly publicFile: string;
}): Promise<void> {
  await mkdir(files.folder, { recursive: true, mode: 0o700 });
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const named = async (key: typeof privateKey): Promise<JWK> => ({
    ...(await exportJWK(key)),
    kid: 'demo',
    alg: ALGORITHM,
  });
  await put(files.publicFile, { keys: [await named(publicKey)] });
  await put(files.privateFile, await named(privateKey));
}

/** Written aside and moved, so that no reader finds half a key. */
async function put(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function sign(who: DemoIdentity, privateFile: string, clock: Clock): Promise<string> {
  const { subject, roles, authority, book, client } = who;
  const jwk = JSON.parse(await readFile(privateFile, 'utf8')) as JWK;
  const now = Math.floor(Date.parse(clock.now()) / 1000);
  const claims = {
    [CLAIMS.roles]: [...roles],
    ...(authority !== undefined && { [CLAIMS.authority]: authority }),
    ...(book !== undefined && { [CLAIMS.book]: book }),
    ...(client !== undefined && { client_id: client }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, kid: 'demo' })
    .setIssuer('https://issuer.demo.invalid')
    .setAudience('nextbest')
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE_SECONDS)
    .sign(await importJWK(jwk, ALGORITHM));
}
