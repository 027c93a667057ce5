import type { KeptRun } from '../insight/kept-run.ts';
import { ExplorerError } from '../protocol/explorer-error.ts';

/** The runs that can still be looked at: the `limit` most recently used. */
export class RunStore {
  private readonly runs = new Map<string, KeptRun>();

  constructor(private readonly limit = 8) {}

  add(run: KeptRun): void {
    this.runs.set(run.summary.runId, run);
    for (const oldest of this.runs.keys()) {
      if (this.runs.size <= this.limit) break;
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
