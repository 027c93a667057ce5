import { LruMap } from '../../base/lru-map.ts';
import { ExplorerError } from '../../contract/error.ts';
import type { ModelDetails } from '../../contract/model-info.ts';
import type { ModelFiles } from '../../model/checkpoint/checkpoint-files.ts';
import { loadModel } from '../../model/loading/load-model.ts';
import { modelDetails } from '../../model/loading/model-details.ts';
import type { Model } from '../../model/model.ts';
import { type RunResult, runBytes } from '../../run/run-result.ts';
import type { WeightMemory } from '../../tensor/weight-memory.ts';

/** Bytes that all runs may hold together: long texts hold hundreds of megabytes each. */
const MOST_BYTES = 768 * 2 ** 20;

/** The runs that can still be looked at: the `limit` most recently used, and fewer where they are long; always the last. */
export class RunStore {
  private readonly runs: LruMap<string, RunResult>;

  constructor(
    private readonly limit = 8,
    mostBytes = MOST_BYTES,
  ) {
    this.runs = new LruMap<string, RunResult>(mostBytes, runBytes);
  }

  add(run: RunResult): void {
    this.runs.set(run.summary.runId, run);
    for (const oldest of [...this.runs.keys()]) if (this.runs.size > this.limit) this.runs.delete(oldest);
  }

  /** @throws ExplorerError 'run-gone' when it was dropped, or its worker restarted */
  get(runId: string): RunResult {
    const run = this.runs.get(runId);
    if (!run) {
      throw new ExplorerError(
        'run-gone',
        'This exploration is no longer in memory. Run it again to see its attention.',
      );
    }
    return run;
  }

  drop(runId: string): void {
    this.runs.delete(runId);
  }
}

/** Reads a checkpoint folder. `progress` is a fraction; `checkpoint` throws AbortError when the call was cancelled. */
export type LoadModel = (
  folder: string,
  progress: (done: number) => void,
  checkpoint: () => Promise<void>,
) => Promise<Model>;

/** Models by folder: each is read once, and the `limit` most recently used stay. A failed read is tried anew. */
export class ModelCache {
  private readonly models: LruMap<string, Model>;

  constructor(
    private readonly load: LoadModel,
    private readonly limit = 2,
  ) {
    this.models = new LruMap(limit);
  }

  async get(folder: string, progress: (done: number) => void, checkpoint: () => Promise<void>): Promise<Model> {
    let model = this.models.get(folder);
    if (!model) {
      // There is space for one more before it is read: two at once are the most that memory has to hold.
      for (const oldest of [...this.models.keys()]) if (this.models.size >= this.limit) this.models.delete(oldest);
      model = await this.load(folder, progress, checkpoint);
      this.models.set(folder, model);
    }
    progress(1);
    return model;
  }
}

/**
 * How a worker loads a checkpoint, wherever its files come from.
 * @param memory of the kernels, which weights are read into
 */
export function loadFrom(files: (folder: string) => ModelFiles, memory: WeightMemory | undefined): LoadModel {
  return (folder, progress, checkpoint) => {
    const report = async (done: number) => {
      progress(done);
      await checkpoint();
    };
    return loadModel(files(folder), report, { memory });
  };
}

/** How a worker looks through a folder, wherever its files come from. */
export function detailsFrom(files: (folder: string) => ModelFiles): (folder: string) => Promise<ModelDetails> {
  return (folder) => modelDetails(files(folder));
}
