import type { DrawFailure } from '../../src/contract/picture-request.ts';

/** Why a picture could not be made; the host says it to the person, in their language. */
export class DrawingError extends Error {
  constructor(
    readonly failure: DrawFailure,
    readonly detail: string,
  ) {
    super(`${failure}: ${detail}`);
    this.name = 'DrawingError';
  }
}
