import type { AttentionRecord } from '../attention/attention-record.ts';
import { DistanceBias } from '../attention/distance-bias.ts';
import { fromBase64, toBase64 } from '../base/bytes.ts';
import { ExplorerError } from '../contract/error.ts';
import type { ModelInfo } from '../contract/model-info.ts';
import type { ExportedPass, ExportedRecord, RunExport } from '../contract/run-snapshot.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { PackedMatrix, PackedPass, PackedRun } from '../messages/standalone-data.ts';
import { decodeFloats } from '../model/checkpoint/tensor-values.ts';
import { type Model, NO_LANGUAGES } from '../model/model.ts';
import { LARGEST_FLOAT16, toFloat16 } from '../tensor/half-precision.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import type { RunResult } from './run-result.ts';

/** Up to here numbers keep their 32 bits, and a page shows to the last digit what the panel shows. */
export const WHOLE_BYTES = 24 * 2 ** 20;

/**
 * A run as JSON can hold it. The model's folder is left out: it is nobody else's business.
 * @param whole bytes up to which numbers keep their 32 bits; above they have 16, which tell weights apart to 3 digits
 */
export function packRun(run: RunExport, whole = WHOLE_BYTES): PackedRun {
  const bytes = run.matrices.reduce((sum, { data }) => sum + data.byteLength, 0);
  const { changed } = run;
  return {
    ...packPass(run),
    matrices: run.matrices.map((one) => packMatrix(one, bytes > whole)),
    modelLinks: run.modelLinks,
    changed: changed && { state: changed.state, pass: packPass(changed.pass) },
  };
}

function packPass({ summary, records, predictions }: ExportedPass): PackedPass {
  const logProbability = Number.isFinite(summary.logProbability) ? summary.logProbability : null;
  return { summary: { ...summary, model: { ...summary.model, folder: '' }, logProbability }, records, predictions };
}

function packMatrix({ rows, cols, data }: Matrix, small: boolean): PackedMatrix {
  // T5 has states that 16 bits can't hold.
  const fits = small && data.every((value) => Math.abs(value) <= LARGEST_FLOAT16);
  const stored = fits ? toFloat16(data) : data;
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  return { rows, cols, dtype: fits ? 'F16' : 'F32', data: toBase64(bytes) };
}

/** A run that was exported, for views of it; and the one with a state's what-if, where there is one. */
export interface UnpackedRun {
  readonly run: RunResult;
  readonly changed: { readonly state: ViewState; readonly run: RunResult } | undefined;
}

/**
 * The run again. What the model predicts is at hand; the model itself is not.
 * @throws ShapeError when a matrix has not as many numbers as it says
 */
export function unpackRun(packed: PackedRun): UnpackedRun {
  const matrices = packed.matrices.map(({ rows, cols, dtype, data }, i) => {
    return matrix(rows, cols, decodeFloats({ dtype, shape: [rows, cols], bytes: fromBase64(data) }, `matrix ${i}`));
  });
  const { changed, modelLinks } = packed;
  return {
    run: keptRun(packed, matrices, modelLinks),
    changed: changed && { state: changed.state, run: keptRun(changed.pass, matrices, modelLinks) },
  };
}

function keptRun(packed: PackedPass, matrices: readonly Matrix[], modelLinks: PackedRun['modelLinks']): RunResult {
  const { encoder, decoder, cross } = packed.records;
  const record = (one: ExportedRecord) => recordOf(one, matrices);
  const logProbability = packed.summary.logProbability ?? Number.NEGATIVE_INFINITY;
  return {
    summary: {
      ...packed.summary,
      logProbability,
      offers: { ...packed.summary.offers, whatIf: false, generation: false },
    },
    model: absentModel(packed.summary.model),
    pass: {
      encoder: encoder.map(record),
      decoder: decoder.map(record),
      cross: cross.map(record),
      encoderOutput: matrix(packed.summary.sourceTokens.length, 0),
      decoderOutput: matrix(packed.predictions.length, 0),
    },
    overviews: new Map(),
    predictions: packed.predictions,
    modelLinks,
  };
}

function recordOf(one: ExportedRecord, matrices: readonly Matrix[]): AttentionRecord {
  const hidden = one.hidden && Uint8Array.from(one.hidden);
  const change = hidden || one.forced ? { hidden, forced: one.forced } : undefined;
  return {
    input: matrices[one.input],
    q: matrices[one.q],
    k: matrices[one.k],
    v: matrices[one.v],
    output: matrices[one.output],
    outputWeight: matrices[one.outputWeight],
    outputBias: one.outputBias === undefined ? undefined : matrices[one.outputBias].data,
    bias:
      one.bias === undefined
        ? undefined
        : new DistanceBias(matrices[one.bias], matrices[one.q].rows, matrices[one.k].rows),
    padding: one.padding && Uint8Array.from(one.padding),
    change,
    heads: one.heads,
    divisor: one.divisor,
    causal: one.causal,
  };
}

/** The model of a run that was exported without it: everything that would compute with it says so. */
function absentModel(info: ModelInfo): Model {
  const absent = (): never => {
    throw new ExplorerError(
      'model-missing',
      'This page holds what was explored, not the model. Explore the pair in VS Code to compute anew.',
    );
  };
  const nowhere = { startToken: 0, endToken: 0, tokenizer: undefined, languages: NO_LANGUAGES };
  return { info, ...nowhere, forward: absent, logits: absent, generate: absent };
}
