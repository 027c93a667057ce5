import { breathe } from '../../engine/breathe.ts';

/** Milliseconds of work between two breaths, what is begun then included: nobody waits for more than 8. */
const SLICE = 3;

/** Cuts long work into slices, between which everything else in the extension host has its turn. */
export class Slices {
  private end = performance.now() + SLICE;

  get over(): boolean {
    return performance.now() >= this.end;
  }

  async rest(): Promise<void> {
    await breathe();
    this.end = performance.now() + SLICE;
  }
}
