import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { NotRegular, openRegular } from '../system/regular-file.ts';

const PIECE_BYTES = 1 << 20;

/** A file that is not there or may not be read, is damaged, or is in another encoding. */
export class NoText extends Error {
  readonly code: 'NO_FILE' | 'UNREADABLE' | 'TOO_LARGE';

  constructor(code: NoText['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** A file's text in pieces, unpacked where its content is packed. Throws {@link NoText}. */
export async function* textPieces(path: string, mostBytes: number): AsyncGenerator<string> {
  const file = await opened(path);
  const decoder = new TextDecoder();
  let bytes = 0;
  try {
    for await (const piece of await unpacked(path, file)) {
      if (bytes === 0) refuseEncoding(piece);
      bytes += piece.length;
      if (bytes > mostBytes) {
        throw new NoText('TOO_LARGE', `at most ${mostBytes} bytes are read: give fewer rows`);
      }
      yield decoder.decode(piece, { stream: true });
    }
  } catch (cause) {
    if (cause instanceof NoText) throw cause;
    throw new NoText('UNREADABLE', 'the packed file is damaged: pack it again');
  } finally {
    file.destroy();
  }
  yield decoder.decode();
}

async function opened(path: string) {
  try {
    const file = await openRegular(path);
    return file.createReadStream({ highWaterMark: PIECE_BYTES });
  } catch (error) {
    const isOther = error instanceof NotRegular;
    const why = isOther ? `is ${error.message}: name a file` : 'cannot be read: check it';
    throw new NoText('NO_FILE', `\`${path}\` ${why}`);
  }
}

async function unpacked(path: string, file: Readable): Promise<AsyncIterable<Buffer>> {
  const pieces = readOn(path, file[Symbol.asyncIterator]());
  const first = await pieces.next();
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* pieces;
  };
  const isPacked = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isPacked) return all();
  const unpack = createGunzip({ chunkSize: PIECE_BYTES });
  const source = Readable.from(all());
  source.on('error', (cause) => unpack.destroy(cause));
  return source.pipe(unpack);
}

async function* readOn(path: string, pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    for (;;) {
      const piece = await pieces.next();
      if (piece.done) return;
      yield piece.value;
    }
  } catch {
    throw new NoText('NO_FILE', `\`${path}\` cannot be read: check it`);
  }
}

function refuseEncoding(start: Buffer): void {
  const mark = start.subarray(0, 2).toString('hex');
  if (mark !== 'fffe' && mark !== 'feff') return;
  throw new NoText('UNREADABLE', 'the file is in UTF-16: save it as UTF-8');
}
