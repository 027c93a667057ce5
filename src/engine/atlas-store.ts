import { clampView, runShape } from '../contract/state-bounds.ts';
import type { ViewState } from '../contract/view-state.ts';
import { atlasInfo } from '../insight/atlas/atlas-info.ts';
import type { Atlas } from '../insight/tiles/tiled-matrix.ts';
import type { KeptRun } from '../run/run-result.ts';
import { atlasOf } from '../run/tiled-run.ts';
import { whatIfRun } from '../run/what-if.ts';

/** The atlases that were looked at last, with what was computed of them. */
export class AtlasStore {
  readonly #atlases = new Map<string, { readonly atlas: Atlas; readonly runId: string }>();

  /** @param limit how many are kept: each is some ten megabytes for a run of 16,384 tokens */
  constructor(private readonly limit = 3) {}

  /** The atlas of a state, with the forward pass of its what-if where it has one. @throws AbortError from `checkpoint` */
  async of(run: KeptRun, state: ViewState, checkpoint: () => Promise<void>): Promise<Atlas> {
    const { runId } = run.summary;
    const clamped = clampView(state, runShape(run.summary));
    const changed = await whatIfRun(run, clamped, checkpoint);
    const shown = changed ? clamped : { ...clamped, whatIf: undefined };
    const { id } = atlasInfo(run.summary, shown);
    const atlas = this.#atlases.get(id)?.atlas ?? atlasOf(run, shown, changed);
    this.#atlases.delete(id);
    this.#atlases.set(id, { atlas, runId });
    for (const oldest of this.#atlases.keys()) {
      if (this.#atlases.size <= this.limit) break;
      this.#atlases.delete(oldest);
    }
    return atlas;
  }

  /** Forgets those of a run. */
  drop(runId: string): void {
    for (const [id, kept] of this.#atlases) if (kept.runId === runId) this.#atlases.delete(id);
  }
}
