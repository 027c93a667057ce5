import { abortError } from '../../base/scheduling.ts';
import { ExplorerError } from '../../contract/error.ts';
import type { RunSummary } from '../../contract/run.ts';
import {
  fromWire,
  type WorkerCall,
  type WorkerCalls,
  type WorkerMethod,
  type WorkerReply,
  type WorkerRequest,
} from '../../messages/worker-messages.ts';
import { type CallOptions, type Engine, engineCalls } from '../engine.ts';
import type { Transport } from './transport.ts';

export type WorkerTransport = Transport<WorkerRequest, WorkerReply>;

/** An engine whose worker can be ended and started anew. */
export interface WorkerClient extends Engine {
  /** A worker runs; none does before it is needed. */
  readonly started: boolean;
  /** Ends the worker: what is pending is cancelled, and the runs are gone. The next call starts another. */
  restart(): void;
}

/**
 * Engine in a worker. The worker starts with the first call, and again with the next one after it died; what was
 * pending then fails with 'internal', and its runs are gone.
 * @param start starts a worker    @param threads with how many it is to compute; asked anew with each call
 */
export function workerClient(start: () => WorkerTransport, threads: () => number = () => 1): WorkerClient {
  const connection = new WorkerConnection(start, threads);
  const calls = engineCalls((method, params, options) => connection.call(method, params, options));
  return Object.assign(connection, calls);
}

interface Pending {
  readonly method: WorkerMethod;
  readonly progress?: CallOptions<WorkerMethod>['progress'];
  readonly onPart?: (part: never) => void;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
}

/** Calls over a transport: which are open, who waits for them, and the worker that answers. */
class WorkerConnection {
  private readonly pending = new Map<number, Pending>();
  /** Runs that were cancelled too late to be stopped: dropped when they arrive. */
  private readonly unwanted = new Set<number>();
  private transport: WorkerTransport | undefined;
  private nextId = 1;
  /** Threads that the worker was told of last. */
  private threadCount = 1;
  private disposed = false;

  constructor(
    private readonly start: () => WorkerTransport,
    private readonly threads: () => number,
  ) {}

  get started(): boolean {
    return this.transport !== undefined;
  }

  call<M extends WorkerMethod>(
    method: M,
    params: WorkerCalls[M]['params'],
    { progress, onPart, signal }: CallOptions<M> = {},
  ): Promise<WorkerCalls[M]['result']> {
    if (this.disposed || signal?.aborted) return Promise.reject(abortError());
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      const cancelFlag = typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(4) : undefined;
      const onAbort = () => this.cancel(id, cancelFlag);
      signal?.addEventListener('abort', onAbort, { once: true });
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          signal?.removeEventListener('abort', onAbort);
          settle(value);
        };
      };
      this.pending.set(id, { method, progress, onPart, resolve: settled(resolve), reject: settled(reject) });
      try {
        const worker = this.connected();
        const count = this.threads();
        if (count !== this.threadCount) worker.post({ type: 'threads', count });
        this.threadCount = count;
        worker.post({ type: 'call', id, method, params, cancelFlag } as WorkerCall);
      } catch (error) {
        this.settle(id)?.reject(died((error as Error).message));
      }
    });
  }

  drop(runId: string): void {
    this.transport?.post({ type: 'drop', runId });
  }

  restart(): void {
    const { transport } = this;
    this.transport = undefined;
    transport?.close();
    this.rejectAll(abortError());
  }

  dispose(): void {
    this.disposed = true;
    this.restart();
  }

  private connected(): WorkerTransport {
    if (this.transport) return this.transport;
    const transport = this.start();
    this.transport = transport;
    this.threadCount = 1;
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
    else if (reply.type === 'part') this.pending.get(reply.id)?.onPart?.(reply.part as never);
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
