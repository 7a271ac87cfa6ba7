/** More was asked for than can be answered soon: nothing was kept, try again later. */
export class Overload extends Error {
  constructor(what: string, most: number) {
    super(`${what} already waits for ${most}: try again later`);
    this.name = 'Overload';
  }
}
