import type { Model } from '../model/model.ts';

/** Reads a checkpoint folder. `progress` is a fraction; `checkpoint` throws AbortError when the call was cancelled. */
export type LoadModel = (
  folder: string,
  progress: (done: number) => void,
  checkpoint: () => Promise<void>,
) => Promise<Model>;

/** Models by folder: each is read once, and the `limit` most recently used stay. A failed read is tried anew. */
export class ModelCache {
  private readonly models = new Map<string, Model>();

  constructor(
    private readonly load: LoadModel,
    private readonly limit = 2,
  ) {}

  async get(folder: string, progress: (done: number) => void, checkpoint: () => Promise<void>): Promise<Model> {
    const known = this.models.get(folder);
    // Room is made before a new one is read: two at once are the most that memory has to hold.
    if (!known) this.evict(this.limit - 1);
    const model = known ?? (await this.load(folder, progress, checkpoint));
    this.models.delete(folder);
    this.models.set(folder, model);
    this.evict(this.limit);
    progress(1);
    return model;
  }

  private evict(most: number): void {
    for (const oldest of this.models.keys()) {
      if (this.models.size <= most) break;
      this.models.delete(oldest);
    }
  }
}
