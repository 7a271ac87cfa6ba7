/** Why an audit came to no end: its worker ran out of memory, ended otherwise, or was closed. */
export type BrokenBy = 'OUT_OF_MEMORY' | 'ENDED' | 'CLOSED';

/** An audit that came to no end; nothing but its answer is lost. */
export class BrokenAudit extends Error {
  readonly by: BrokenBy;

  constructor(by: BrokenBy, cause?: unknown) {
    super(`the worker of an audit is gone: ${by.toLowerCase().replaceAll('_', ' ')}`, { cause });
    this.name = 'BrokenAudit';
    this.by = by;
  }
}
