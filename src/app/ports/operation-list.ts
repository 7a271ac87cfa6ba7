import type { Digest } from '../../domain/digest.ts';
import type { Stamp } from './release-store.ts';

/** An operation that may be asked, by the digest of its canonical text. */
export interface Operation {
  readonly digest: Digest;
  readonly name: string;
  readonly text: string;
}

/** An operation on the list, with who put it there and when. */
export interface ListedOperation extends Operation {
  readonly listedAt: string;
  readonly listedBy: string;
}

/** The operations that a bank lets its clients ask. */
export interface OperationList {
  /** Adds what is not there yet; what is there keeps who added it. Answers with what is new. */
  add(operations: readonly Operation[], stamp: Stamp): Promise<readonly Digest[]>;
  /** By name. */
  list(): Promise<readonly ListedOperation[]>;
  /** Takes one off; false when it is not there. */
  remove(digest: Digest): Promise<boolean>;
  /** The text of a listed operation; undefined when it is not listed. */
  find(digest: Digest): Promise<string | undefined>;
}
