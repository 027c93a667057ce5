import { ExplorerError } from '../../contract/error.ts';
import { type KeptRun, runBytes } from '../../run/run-result.ts';

/** Bytes that all runs may hold together: long texts hold hundreds of megabytes each. */
const MOST_BYTES = 768 * 2 ** 20;

/** The runs that can still be looked at: the `limit` most recently used, and fewer where they are long; always the last. */
export class RunStore {
  private readonly runs = new Map<string, KeptRun>();

  constructor(
    private readonly limit = 8,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  add(run: KeptRun): void {
    this.runs.set(run.summary.runId, run);
    let bytes = [...this.runs.values()].reduce((sum, one) => sum + runBytes(one), 0);
    for (const [oldest, one] of this.runs) {
      if (this.runs.size <= this.limit && (bytes <= this.mostBytes || this.runs.size === 1)) break;
      bytes -= runBytes(one);
      this.runs.delete(oldest);
    }
  }

  /** @throws ExplorerError 'run-gone' when it was dropped, or its worker restarted */
  get(runId: string): KeptRun {
    const run = this.runs.get(runId);
    if (!run) {
      throw new ExplorerError(
        'run-gone',
        'This exploration is no longer in memory. Run it again to see its attention.',
      );
    }
    this.runs.delete(runId);
    this.runs.set(runId, run);
    return run;
  }

  drop(runId: string): void {
    this.runs.delete(runId);
  }
}
