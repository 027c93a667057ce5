import { abortError, isAbort } from '../base/scheduling.ts';
import type { WorkerStage } from '../contract/choices.ts';
import { type ErrorCode, ExplorerError, internalError, type MessageParams } from '../contract/error.ts';
import type { ModelDetails, ModelInfo } from '../contract/model-info.ts';
import type { Measurement, MeasureRequest, RunRequest, RunSummary } from '../contract/run.ts';
import type { RunExport, RunTensors } from '../contract/run-snapshot.ts';
import type { LineRequest, Tile, TiledSummary, TilesRequest } from '../contract/tiles.ts';
import type { ComputedView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';

/**
 * What an engine can be asked: parameters and result of each call, and the parts that come before the result where there
 * are such. The methods of Engine, the messages and the worker's handlers follow from it.
 */
export interface WorkerCalls {
  /** Reads a model's folder, which the first run of it would do otherwise. */
  load: { params: { folder: string }; result: ModelInfo };
  /** What stands in a model's folder besides its sizes. */
  details: { params: { folder: string }; result: ModelDetails };
  /** Runs a model on a pair. */
  run: { params: RunRequest; result: RunSummary };
  /**
   * The run's attention as seen from `state`, clamped to what the run has. Some states take a forward pass of their own
   * (a what-if, the model's alignment), which a cancelled call stops.
   */
  view: { params: { runId: string; state: ViewState }; result: ComputedView };
  /**
   * The matrix of a long run (see TiledInfo), tile by tile: the places that are asked for come again, more and more complete,
   * until each has `done` 1. Ends with what is known of the whole, when all rows have been computed. What was computed stays
   * for the next call of the same matrix, so that moving on is aborting and asking anew.
   */
  tiles: { params: TilesRequest; part: Tile; result: TiledSummary };
  /** Weights of one displayed row [cols] or column [rows] of that matrix, 0 where masked. */
  tiledLine: { params: LineRequest; result: Float32Array };
  /** What the run keeps, without its model, with the what-if of the state: for a page that shows it elsewhere. */
  exportRun: { params: { runId: string; state: ViewState }; result: RunExport };
  /** The run's ids, and the weights of all its layers and heads. */
  exportTensors: { params: { runId: string }; result: RunTensors };
  /** Measures how long each way to compute attention takes, length by length. */
  measure: { params: MeasureRequest; part: Measurement; result: undefined };
}

export type WorkerMethod = keyof WorkerCalls;

/** What comes of a call before its result: a tile, a measured point; `never` where nothing does. */
export type WorkerPart<M extends WorkerMethod> = M extends WorkerMethod
  ? WorkerCalls[M] extends { part: infer Part }
    ? Part
    : never
  : never;

/** How the worker answers a call. */
interface Answering {
  /** It waits for the queued calls before it; others are answered between their steps. */
  readonly queued: boolean;
  /** Its result is made for the caller alone: its buffers are transferred, not copied. */
  readonly transferred: boolean;
}

/** All calls by name. */
export const WORKER_METHODS: Readonly<Record<WorkerMethod, Answering>> = {
  load: { queued: true, transferred: false },
  details: { queued: false, transferred: false },
  run: { queued: true, transferred: false },
  view: { queued: false, transferred: true },
  tiles: { queued: false, transferred: true },
  tiledLine: { queued: false, transferred: true },
  exportRun: { queued: true, transferred: true },
  exportTensors: { queued: true, transferred: true },
  measure: { queued: true, transferred: false },
};

export type WorkerCall = {
  [M in WorkerMethod]: {
    readonly type: 'call';
    readonly id: number;
    readonly method: M;
    readonly params: WorkerCalls[M]['params'];
    /** One Int32, set to 1 to cancel: seen even while the worker computes. Left out where memory can't be shared. */
    readonly cancelFlag: SharedArrayBuffer | undefined;
  };
}[WorkerMethod];

export type WorkerRequest =
  | WorkerCall
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'drop'; readonly runId: string }
  /** With how many threads to compute from now on, the worker's own included. */
  | { readonly type: 'threads'; readonly count: number };

/** An ExplorerError by its code, or a cancelled call; everything else is 'internal'. */
type WireError =
  | { readonly kind: 'abort' }
  | {
      readonly kind: 'explorer';
      readonly code: ErrorCode;
      readonly template: string;
      readonly params: MessageParams;
      /** Where it happened, for the log. */
      readonly stack?: string;
    };

export type WorkerReply =
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly stage: WorkerStage }
  | { readonly type: 'part'; readonly id: number; readonly part: WorkerPart<WorkerMethod> }
  | { readonly type: 'result'; readonly id: number; readonly value: WorkerCalls[WorkerMethod]['result'] }
  | { readonly type: 'failure'; readonly id: number; readonly error: WireError };

/** @returns an error as plain data that survives structured cloning; unknown errors become 'internal' */
export function toWire(error: unknown): WireError {
  if (isAbort(error)) return { kind: 'abort' };
  const { code, template, params, stack } = error instanceof ExplorerError ? error : internalError(error);
  return { kind: 'explorer', code, template, params, stack };
}

/** @returns the error again: an ExplorerError with its code, template and params, or an AbortError */
export function fromWire(wire: WireError): Error {
  if (wire.kind === 'abort') return abortError();
  const error = new ExplorerError(wire.code, wire.template, wire.params);
  if (wire.stack) error.stack = wire.stack;
  return error;
}

/** What a worker asks that has no disk of its own: the names in a checkpoint folder, or one of its files. */
export type FileQuestion =
  | { readonly type: 'list'; readonly id: number; readonly folder: string }
  | { readonly type: 'read'; readonly id: number; readonly folder: string; readonly name: string };

export type FileAnswer =
  | { readonly type: 'names'; readonly id: number; readonly names: string[] }
  /** The file's bytes, transferred; undefined where there is no such file. */
  | { readonly type: 'bytes'; readonly id: number; readonly bytes: Uint8Array | undefined }
  | { readonly type: 'failure'; readonly id: number; readonly error: WireError };
