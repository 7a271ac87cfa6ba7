/** Whether a system call failed for a reason; errors of another realm are no `Error` here. */
export function isErrno(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
