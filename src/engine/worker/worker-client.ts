import { abortError } from '../../base/scheduling.ts';
import { ExplorerError } from '../../contract/error.ts';
import type { ModelDetails, ModelInfo } from '../../contract/model-info.ts';
import type { Measurement, MeasureRequest, Progress, RunRequest, RunSummary } from '../../contract/run.ts';
import type { RunExport, RunTensors } from '../../contract/run-snapshot.ts';
import type { LineRequest, Tile, TiledSummary, TilesRequest } from '../../contract/tiles.ts';
import type { ComputedView } from '../../contract/view.ts';
import type { ViewState } from '../../contract/view-state.ts';
import {
  fromWire,
  type WorkerCall,
  type WorkerCalls,
  type WorkerMethod,
  type WorkerReply,
  type WorkerRequest,
} from '../../messages/worker-messages.ts';
import type { Engine } from '../engine.ts';
import type { Transport } from './transport.ts';

export type WorkerTransport = Transport<WorkerRequest, WorkerReply>;

interface Listeners {
  readonly progress?: Progress;
  readonly onPoint?: (point: Measurement) => void;
  readonly onTile?: (tile: Tile) => void;
  readonly signal?: AbortSignal;
}

interface Pending extends Listeners {
  readonly method: WorkerMethod;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Engine over a worker. The worker starts with the first call, and again with the next one after it died; what was
 * pending then fails with 'internal', and its runs are gone.
 */
export class EngineClient implements Engine {
  private readonly pending = new Map<number, Pending>();
  /** Runs that were cancelled too late to be stopped: dropped when they arrive. */
  private readonly unwanted = new Set<number>();
  private transport: WorkerTransport | undefined;
  private nextId = 1;
  /** Threads that the worker was last told. */
  private told = 1;
  private disposed = false;

  /** @param start starts a worker    @param threads with how many it is to compute; asked anew with each call */
  constructor(
    private readonly start: () => WorkerTransport,
    private readonly threads: () => number = () => 1,
  ) {}

  /** A worker runs; none does before it is needed. */
  get started(): boolean {
    return this.transport !== undefined;
  }

  load(folder: string, progress?: Progress, signal?: AbortSignal): Promise<ModelInfo> {
    return this.call('load', { folder }, { progress, signal });
  }

  details(folder: string): Promise<ModelDetails> {
    return this.call('details', { folder }, {});
  }

  run(request: RunRequest, progress?: Progress, signal?: AbortSignal): Promise<RunSummary> {
    return this.call('run', request, { progress, signal });
  }

  view(runId: string, state: ViewState, signal?: AbortSignal): Promise<ComputedView> {
    return this.call('view', { runId, state }, { signal });
  }

  atlas(request: TilesRequest, onTile: (tile: Tile) => void, signal?: AbortSignal): Promise<TiledSummary> {
    return this.call('atlas', request, { onTile, signal });
  }

  atlasLine(request: LineRequest, signal?: AbortSignal): Promise<Float32Array> {
    return this.call('atlasLine', request, { signal });
  }

  exportRun(runId: string, state: ViewState, signal?: AbortSignal): Promise<RunExport> {
    return this.call('exportRun', { runId, state }, { signal });
  }

  exportTensors(runId: string, signal?: AbortSignal): Promise<RunTensors> {
    return this.call('exportTensors', { runId }, { signal });
  }

  measure(request: MeasureRequest, onPoint: (point: Measurement) => void, signal?: AbortSignal): Promise<void> {
    return this.call('measure', request, { onPoint, signal });
  }

  drop(runId: string): void {
    this.transport?.post({ type: 'drop', runId });
  }

  dispose(): void {
    this.disposed = true;
    const { transport } = this;
    this.transport = undefined;
    transport?.close();
    this.rejectAll(abortError());
  }

  private call<M extends WorkerMethod>(
    method: M,
    params: WorkerCalls[M]['params'],
    listeners: Listeners,
  ): Promise<WorkerCalls[M]['result']> {
    if (this.disposed || listeners.signal?.aborted) return Promise.reject(abortError());
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      const cancelFlag = typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(4) : undefined;
      const onAbort = () => this.cancel(id, cancelFlag);
      listeners.signal?.addEventListener('abort', onAbort, { once: true });
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          listeners.signal?.removeEventListener('abort', onAbort);
          settle(value);
        };
      };
      this.pending.set(id, { ...listeners, method, resolve: settled(resolve), reject: settled(reject) });
      try {
        const worker = this.connected();
        const count = this.threads();
        if (count !== this.told) worker.post({ type: 'threads', count });
        this.told = count;
        worker.post({ type: 'call', id, method, params, cancelFlag } as WorkerCall);
      } catch (error) {
        this.settle(id)?.reject(died((error as Error).message));
      }
    });
  }

  private connected(): WorkerTransport {
    if (this.transport) return this.transport;
    const transport = this.start();
    this.transport = transport;
    this.told = 1;
    transport.onMessage((reply) => {
      if (this.transport === transport) this.receive(reply);
    });
    transport.onClose((reason) => {
      if (this.transport !== transport) return;
      this.transport = undefined;
      this.rejectAll(died(reason));
    });
    return transport;
  }

  private receive(reply: WorkerReply): void {
    if (reply.type === 'progress') this.pending.get(reply.id)?.progress?.(reply.done, reply.stage);
    else if (reply.type === 'point') this.pending.get(reply.id)?.onPoint?.(reply.point);
    else if (reply.type === 'tile') this.pending.get(reply.id)?.onTile?.(reply.tile);
    else if (this.unwanted.delete(reply.id)) {
      if (reply.type === 'result') this.drop((reply.value as RunSummary).runId);
    } else if (reply.type === 'result') this.settle(reply.id)?.resolve(reply.value as never);
    else this.settle(reply.id)?.reject(fromWire(reply.error));
  }

  /** The caller hears at once; the worker stops at its next checkpoint. */
  private cancel(id: number, cancelFlag: SharedArrayBuffer | undefined): void {
    if (cancelFlag) Atomics.store(new Int32Array(cancelFlag), 0, 1);
    this.transport?.post({ type: 'cancel', id });
    const call = this.settle(id);
    if (call?.method === 'run') this.unwanted.add(id);
    call?.reject(abortError());
  }

  private settle(id: number): Pending | undefined {
    const call = this.pending.get(id);
    this.pending.delete(id);
    return call;
  }

  private rejectAll(reason: unknown): void {
    this.unwanted.clear();
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(reason);
  }
}

function died(reason: string): ExplorerError {
  return new ExplorerError('internal', 'The attention engine stopped: {reason}. Explore again; it starts anew.', {
    reason,
  });
}
