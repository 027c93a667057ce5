/** Two shapes that had to agree do not. Says where, what was expected and what was found. */
export class ShapeError extends Error {
  constructor(
    readonly where: string,
    readonly expected: string,
    readonly got: string,
  ) {
    super(`${where}: expected ${expected}, got ${got}`);
    this.name = 'ShapeError';
  }
}
