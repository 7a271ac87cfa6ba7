/**
 * Why a process cannot do its work. DATABASE_DOWN: nothing answers. The others: it answers, and
 * writes nothing down; WRITES_REFUSED where it names no cause that has a code here.
 */
export type NotReadyReason =
  | 'DATABASE_DOWN'
  | 'DATABASE_READ_ONLY'
  | 'DISK_FULL'
  | 'NOT_PERMITTED'
  | 'WRITES_REFUSED';

/** Whether a process can do its work now, or why not. */
export type Readiness =
  | { readonly status: 'READY' }
  | { readonly status: 'NOT_READY'; readonly reason: NotReadyReason };
