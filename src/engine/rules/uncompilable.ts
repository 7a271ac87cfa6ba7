/** A condition that `readRule` would have refused: a release that holds it was made up. */
export class Uncompilable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Uncompilable';
  }
}
