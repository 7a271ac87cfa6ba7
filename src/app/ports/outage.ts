/** What did not answer; WRITES: the database does, and takes none. */
export type Dependency = 'DATABASE' | 'WRITES' | 'SOURCE' | 'ISSUER';

/** A dependency's failure: retried or masked at the edge, named to the user as degradation. */
export class Outage extends Error {
  readonly dependency: Dependency;

  constructor(dependency: Dependency, cause: unknown) {
    super(`${dependency.toLowerCase()} does not answer`, { cause });
    this.name = 'Outage';
    this.dependency = dependency;
  }
}
