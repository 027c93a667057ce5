import type { Progress } from '../contract/run.ts';
import { WORKER_METHODS, type WorkerCalls, type WorkerMethod, type WorkerPart } from '../messages/worker-messages.ts';

/** What may go with a call. */
export interface CallOptions<M extends WorkerMethod> {
  /** Told how far the call is. */
  readonly progress?: Progress;
  /** Told what comes before the result: each tile, each measured point. */
  readonly onPart?: (part: WorkerPart<M>) => void;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
}

/** The calls of WorkerCalls as methods, each with its parameters first. */
export type EngineCalls = {
  readonly [M in WorkerMethod]: (
    params: WorkerCalls[M]['params'],
    options?: CallOptions<M>,
  ) => Promise<WorkerCalls[M]['result']>;
};

/**
 * Where attention comes from, off the extension host's own thread. Every call can fail with an ExplorerError (what failed,
 * where, one thing to do) and be cancelled by its signal (AbortError). WorkerCalls says what each call does;
 * what can be asked about a run, the run says itself: see RunOffers.
 */
export interface Engine extends EngineCalls {
  /** Forgets a run and its Q, K, V. */
  drop(runId: string): void;
  dispose(): void;
}

/** @param call carries any call to where it is answered    @returns a method for each call */
export function engineCalls(
  call: <M extends WorkerMethod>(
    method: M,
    params: WorkerCalls[M]['params'],
    options?: CallOptions<M>,
  ) => Promise<WorkerCalls[M]['result']>,
): EngineCalls {
  const methods = Object.keys(WORKER_METHODS) as WorkerMethod[];
  const bound = (method: WorkerMethod) => (params: never, options?: never) => call(method, params, options);
  return Object.fromEntries(methods.map((method) => [method, bound(method)])) as unknown as EngineCalls;
}
