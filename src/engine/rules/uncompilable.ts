/** Thrown for a condition that `readRule` would have refused, so no proper release holds it. */
export class Uncompilable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Uncompilable';
  }
}
