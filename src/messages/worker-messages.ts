import { abortError, isAbort } from '../base/scheduling.ts';
import type { WorkerStage } from '../contract/choices.ts';
import { type ErrorCode, ExplorerError, internalError, type MessageParams } from '../contract/error.ts';
import type { ModelDetails, ModelInfo } from '../contract/model-info.ts';
import type { Measurement, MeasureRequest, RunRequest, RunSummary } from '../contract/run.ts';
import type { RunExport, RunTensors } from '../contract/run-snapshot.ts';
import type { LineRequest, Tile, TiledSummary, TilesRequest } from '../contract/tiles.ts';
import type { ComputedView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';

/** What the worker can be asked: parameters and result of each; calls, replies and the loop's handlers follow from it. */
export interface WorkerCalls {
  load: { params: { folder: string }; result: ModelInfo };
  details: { params: { folder: string }; result: ModelDetails };
  run: { params: RunRequest; result: RunSummary };
  view: { params: { runId: string; state: ViewState }; result: ComputedView };
  atlas: { params: TilesRequest; result: TiledSummary };
  atlasLine: { params: LineRequest; result: Float32Array };
  exportRun: { params: { runId: string; state: ViewState }; result: RunExport };
  exportTensors: { params: { runId: string }; result: RunTensors };
  measure: { params: MeasureRequest; result: undefined };
}

export type WorkerMethod = keyof WorkerCalls;

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
  | { readonly type: 'point'; readonly id: number; readonly point: Measurement }
  | { readonly type: 'tile'; readonly id: number; readonly tile: Tile }
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
