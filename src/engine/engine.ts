import type { ModelDetails, ModelInfo } from '../contract/model-info.ts';
import type { Measurement, MeasureRequest, Progress, RunRequest, RunSummary } from '../contract/run.ts';
import type { RunExport, RunTensors } from '../contract/run-snapshot.ts';
import type { LineRequest, Tile, TiledSummary, TilesRequest } from '../contract/tiles.ts';
import type { ComputedView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';

/**
 * The attention core, off the extension host's own thread. Every call can fail with an ExplorerError
 * (what failed, where, one thing to do) and be cancelled by its signal (AbortError).
 */
export interface Engine {
  /** What stands in a model's folder besides its sizes. */
  details(folder: string): Promise<ModelDetails>;
  load(folder: string, progress?: Progress, signal?: AbortSignal): Promise<ModelInfo>;
  run(request: RunRequest, progress?: Progress, signal?: AbortSignal): Promise<RunSummary>;
  /**
   * The run's attention as seen from `state`, clamped to what the run has. Some states take a forward pass of their own
   * (a what-if, the model's alignment), which the signal stops.
   */
  view(runId: string, state: ViewState, signal?: AbortSignal): Promise<ComputedView>;
  /**
   * The matrix of a long run (see TiledInfo), tile by tile: the places that are asked for come again, more and more complete,
   * until each has `done` 1. Ends with what is known of the whole, when all rows have been computed. What was computed stays
   * for the next call of the same matrix, so that moving on is aborting and asking anew.
   */
  atlas(request: TilesRequest, onTile: (tile: Tile) => void, signal?: AbortSignal): Promise<TiledSummary>;
  /** Weights of one displayed row [cols] or column [rows] of that matrix, 0 where masked. */
  atlasLine(request: LineRequest, signal?: AbortSignal): Promise<Float32Array>;
  /** What the run keeps, without its model, with the what-if of the state: for a page that shows it elsewhere. */
  exportRun(runId: string, state: ViewState, signal?: AbortSignal): Promise<RunExport>;
  /** The run's ids, and the weights of all its layers and heads. */
  exportTensors(runId: string, signal?: AbortSignal): Promise<RunTensors>;
  measure(request: MeasureRequest, onPoint: (point: Measurement) => void, signal?: AbortSignal): Promise<void>;
  /** Forgets a run and its Q, K, V. */
  drop(runId: string): void;
  dispose(): void;
}
