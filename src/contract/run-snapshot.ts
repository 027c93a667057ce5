import type { Matrix } from '../tensor/matrix.ts';
import type { RunSummary } from './run.ts';
import type { Predicted } from './view.ts';
import type { AttentionKind, ViewState } from './view-state.ts';

/** What one attention layer was given, with its matrices by their place in `RunExport.matrices`; a bias as a matrix of one row. */
export interface ExportedRecord {
  readonly input: number;
  readonly q: number;
  readonly k: number;
  readonly v: number;
  readonly output: number;
  readonly outputWeight: number;
  readonly outputBias: number | undefined;
  /** By distance, [H, T + S − 1]. */
  readonly bias: number | undefined;
  readonly padding: readonly number[] | undefined;
  /** What a what-if changed in it. */
  readonly hidden: readonly number[] | undefined;
  readonly forced:
    | { readonly heads: readonly number[]; readonly query: number; readonly keys: readonly number[] }
    | undefined;
  readonly heads: number;
  readonly divisor: number;
  readonly causal: boolean;
}

/** One pass over a pair, and what the model would be asked for after it. */
export interface ExportedPass {
  readonly summary: RunSummary;
  readonly records: Readonly<Record<AttentionKind, readonly ExportedRecord[]>>;
  /** By target position; empty for a model without a decoder. */
  readonly predictions: readonly Predicted[];
}

/** A kept run without its model: enough to build every view of it. Layers that share a matrix name the same one. */
export interface RunExport extends ExportedPass {
  readonly matrices: readonly Matrix[];
  /** The pass with the what-if of a state. */
  readonly changed: { readonly state: ViewState; readonly pass: ExportedPass } | undefined;
  /** Pieces of source and target aligned the way that the model's card found best, where it names one. */
  readonly modelLinks: readonly { readonly source: number; readonly target: number }[] | undefined;
}

/** Tensors under the names that transformers gives them: the ids of the pair, and the weights of all layers. */
export type RunTensors = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly data: Float32Array | readonly number[] }>
>;
