import type { AttentionKind } from '../exploration/view-state.ts';
import type { Matrix } from '../tensor/matrix.ts';
import type { Predicted } from './exploration-view.ts';
import type { RunSummary } from './run.ts';

/** What one attention layer was given, with its matrices by their place in `RunExport.matrices`; a bias as a matrix of one row. */
export interface ExportedRecord {
  readonly input: number;
  readonly q: number;
  readonly k: number;
  readonly v: number;
  readonly output: number;
  readonly outputWeight: number;
  readonly outputBias: number | undefined;
  readonly bias: number | undefined;
  readonly padding: readonly number[] | undefined;
  readonly heads: number;
  readonly divisor: number;
  readonly causal: boolean;
}

/** A kept run without its model: enough to build every view of it. Layers that share a matrix name the same one. */
export interface RunExport {
  readonly summary: RunSummary;
  readonly matrices: readonly Matrix[];
  readonly records: Readonly<Record<AttentionKind, readonly ExportedRecord[]>>;
  /** By target position; empty for a model without a decoder. */
  readonly predictions: readonly Predicted[];
  /** Pieces of source and target aligned the way that the model's card found best, where it names one. */
  readonly modelLinks: readonly { readonly source: number; readonly target: number }[] | undefined;
}

/** Tensors under the names that transformers gives them: the ids of the pair, and the weights of all layers. */
export type RunTensors = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly data: Float32Array | readonly number[] }>
>;
