import type { Role, Viewer } from './identity.ts';

/** One operation that an assistant asks in the name of a person. */
export interface AskedOperation {
  readonly text: string;
  readonly variables: { readonly [name: string]: unknown };
  readonly viewer: Viewer;
  /** The person's mandate for this one thing, as it was sent; null where none was. */
  readonly mandate: string | null;
}

/** Runs operations as GraphQL over HTTP does: the same list, permissions, cost, and words. */
export interface OperationRunner {
  /** The text is a GraphQL answer in JSON, also where it was refused. */
  run(asked: AskedOperation): Promise<{ readonly isError: boolean; readonly text: string }>;
  /** True where these roles may read all that a text selects, and ask by all that it gives. */
  mayAsk(text: string, roles: readonly Role[]): boolean;
}

/** A request that another edge answers; who asks was verified before. */
export interface DoorRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
  readonly viewer: Viewer;
}

/** What a door answers, over HTTP. */
export interface DoorAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

/** Where assistants come in. */
export const ASSISTANTS_PATH = '/mcp';

/** Another edge of the same server, at a path of its own. */
export interface Door {
  readonly path: string;
  answer(asked: DoorRequest, runner: OperationRunner): Promise<DoorAnswer>;
}
