import { isAbort } from '../base/scheduling.ts';
import type { ComputedView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { Engine } from '../engine/engine.ts';

/** Which view is to be computed. */
interface ViewRequest {
  readonly runId: string;
  readonly state: ViewState;
}

/** What becomes of the views. */
export interface ViewReceiver {
  /** @returns whether views of the run are still of use */
  isOpen(runId: string): boolean;
  show(view: ComputedView): void;
  fail(error: unknown, state: ViewState): void;
}

/** Has views computed one at a time: of quick successive requests only the last, and the one under way is cancelled. */
export class ViewScheduler {
  private requested: ViewRequest | undefined;
  private computing: Promise<void> | undefined;
  private abort: AbortController | undefined;

  constructor(
    private readonly engine: Pick<Engine, 'view'>,
    private readonly receiver: ViewReceiver,
  ) {}

  /** @returns settles when no request is left */
  request(runId: string, state: ViewState): Promise<void> {
    this.requested = { runId, state };
    this.abort?.abort();
    this.computing ??= this.compute().finally(() => {
      this.computing = undefined;
    });
    return this.computing;
  }

  cancel(): void {
    this.requested = undefined;
    this.abort?.abort();
  }

  private async compute(): Promise<void> {
    while (this.requested) {
      const request = this.requested;
      this.requested = undefined;
      try {
        this.abort = new AbortController();
        const view = await this.engine.view(request, { signal: this.abort.signal });
        if (this.receiver.isOpen(request.runId) && !this.requested) this.receiver.show(view);
      } catch (error) {
        if (this.receiver.isOpen(request.runId) && !isAbort(error)) this.receiver.fail(error, request.state);
      }
    }
  }
}
