import { abortError, breathe } from '../base/scheduling.ts';

/** Milliseconds of computing after which the thread lets messages in. */
const SLICE = 20;

/**
 * Whether one call was cancelled, as seen from inside the worker: through a shared flag, which is seen at once, and
 * through a cancel message, which gets in whenever `checkpoint` lets the thread breathe.
 */
export class Cancellation {
  private readonly flag: Int32Array | undefined;
  private cancelled = false;
  private breathed = performance.now();

  constructor(shared?: SharedArrayBuffer) {
    this.flag = shared && new Int32Array(shared);
  }

  cancel(): void {
    this.cancelled = true;
  }

  /** @throws AbortError when the call was cancelled */
  check(): void {
    if (this.cancelled || (this.flag && Atomics.load(this.flag, 0) !== 0)) throw abortError();
  }

  /** As check; and from time to time lets waiting messages in. To be awaited between steps of long work. */
  async checkpoint(): Promise<void> {
    this.check();
    if (performance.now() - this.breathed < SLICE) return;
    await breathe();
    this.breathed = performance.now();
    this.check();
  }
}
