import { transferables } from '../../base/bytes.ts';
import { abortError, yieldToEventLoop } from '../../base/scheduling.ts';
import type { ModelDetails } from '../../contract/model-info.ts';
import type { Progress } from '../../contract/run.ts';
import {
  toWire,
  WORKER_METHODS,
  type WorkerCall,
  type WorkerCalls,
  type WorkerMethod,
  type WorkerPart,
  type WorkerReply,
  type WorkerRequest,
} from '../../messages/worker-messages.ts';
import { viewOf } from '../../run/build-view.ts';
import { measure } from '../../run/measure.ts';
import { exportRun } from '../../run/run-export.ts';
import { run } from '../../run/run-pair.ts';
import { runTensors } from '../../run/run-tensors.ts';
import { streamTiles, TiledMatrixStore, tiledLine } from '../../run/tiled-run.ts';
import { type LoadModel, ModelCache, RunStore } from './run-store.ts';
import type { Transport } from './transport.ts';

/** Milliseconds between progress messages of one call. */
const PROGRESS_EVERY = 40;

/**
 * The worker's side: answers calls over a transport. Long calls (load, run, measure, exports) queue, one works at a time;
 * views are answered in between, whenever a long call lets messages in.
 */
export class WorkerEngine {
  private readonly models: ModelCache;
  private readonly runs = new RunStore();
  private readonly tiledMatrices = new TiledMatrixStore();
  private readonly open = new Map<number, Cancellation>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly transport: Transport<WorkerReply, WorkerRequest>,
    loadModel: LoadModel,
    private readonly details: (folder: string) => Promise<ModelDetails>,
    /** Sets with how many threads to compute, where there can be more than this one. */
    private readonly useThreads: (threads: number) => void = () => undefined,
  ) {
    this.models = new ModelCache(loadModel);
    transport.onMessage((message) => this.receive(message));
  }

  private receive(message: WorkerRequest): void {
    if (message.type === 'drop') this.drop(message.runId);
    else if (message.type === 'threads') this.useThreads(message.count);
    else if (message.type === 'cancel') this.open.get(message.id)?.cancel();
    else void this.answer(message);
  }

  private async answer(call: WorkerCall): Promise<void> {
    const cancellation = new Cancellation(call.cancelFlag);
    this.open.set(call.id, cancellation);
    try {
      const work = () => this.handle(call, cancellation);
      const { queued, transferred } = WORKER_METHODS[call.method];
      const value = queued ? await this.inTurn(work, cancellation) : await work();
      this.transport.post({ type: 'result', id: call.id, value }, transferred ? transferables(value) : []);
    } catch (error) {
      this.transport.post({ type: 'failure', id: call.id, error: toWire(error) });
    } finally {
      this.open.delete(call.id);
    }
  }

  private drop(runId: string): void {
    this.runs.drop(runId);
    this.tiledMatrices.drop(runId);
  }

  /** After everything before it, whether that failed or not; not at all when cancelled while it waited. */
  private inTurn<T>(work: () => Promise<T>, cancellation: Cancellation): Promise<T> {
    const turn = this.queue.then(async () => {
      await cancellation.checkpoint();
      return work();
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async handle(call: WorkerCall, cancellation: Cancellation): Promise<WorkerCalls[WorkerMethod]['result']> {
    const checkpoint = () => cancellation.checkpoint();
    const progress = this.progressOf(call.id);
    const post = (part: WorkerPart<WorkerMethod>) =>
      this.transport.post({ type: 'part', id: call.id, part }, transferables(part));
    switch (call.method) {
      case 'load':
        return (await this.models.get(call.params.folder, (done) => progress(done, 'read'), checkpoint)).info;
      case 'details':
        return this.details(call.params.folder);
      case 'run': {
        const model = await this.models.get(call.params.folder, (done) => progress(done, 'read'), checkpoint);
        const kept = await run(model, call.params, progress, checkpoint);
        this.runs.add(kept);
        return kept.summary;
      }
      case 'view':
        return viewOf(this.runs.get(call.params.runId), call.params.state, checkpoint);
      case 'tiles': {
        const tiled = await this.tiledMatrices.of(this.runs.get(call.params.runId), call.params.state, checkpoint);
        return streamTiles(tiled, call.params.places, post, checkpoint);
      }
      case 'tiledLine': {
        const tiled = await this.tiledMatrices.of(this.runs.get(call.params.runId), call.params.state, checkpoint);
        return tiledLine(tiled, call.params, checkpoint);
      }
      case 'exportRun':
        return exportRun(this.runs.get(call.params.runId), call.params.state, checkpoint);
      case 'exportTensors':
        return runTensors(this.runs.get(call.params.runId));
      case 'measure':
        return void (await measure(
          call.params,
          (point, done) => {
            post(point);
            progress(done, 'measure');
          },
          checkpoint,
        ));
    }
  }

  /** Not every layer is worth a message: changes of stage are, and otherwise one every 40 ms. */
  private progressOf(id: number): Progress {
    let last = Number.NEGATIVE_INFINITY;
    let before: string | undefined;
    return (done, stage) => {
      const now = performance.now();
      if (stage === before && done < 1 && now - last < PROGRESS_EVERY) return;
      last = now;
      before = stage;
      this.transport.post({ type: 'progress', id, done, stage });
    };
  }
}

/** Milliseconds of computing after which the thread lets messages in. */
const SLICE = 20;

/**
 * Whether one call was cancelled, as seen from inside the worker: through a shared flag, which is seen at once, and
 * through a cancel message, which gets in whenever `checkpoint` yields to the event loop.
 */
export class Cancellation {
  private readonly flag: Int32Array | undefined;
  private cancelled = false;
  private yieldedAt = performance.now();

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
    if (performance.now() - this.yieldedAt < SLICE) return;
    await yieldToEventLoop();
    this.yieldedAt = performance.now();
    this.check();
  }
}
