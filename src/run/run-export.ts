import type { AttentionRecord } from '../attention/attention-record.ts';
import { ExplorerError } from '../contract/error.ts';
import type { ExportedPass, ExportedRecord, RunExport } from '../contract/run-snapshot.ts';
import { clampView, runShape } from '../contract/state-bounds.ts';
import type { Predicted } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { type DeferredMatrix, readMatrix } from '../tensor/deferred-matrix.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { modelLinks } from './model-alignment.ts';
import { predictionsAt } from './predictions.ts';
import type { RunResult } from './run-result.ts';
import { whatIfRun } from './what-if.ts';

/** Bytes of 32-bit floats that a page may hold. As text it has two thirds of that where they are written in 16 bits. */
export const MOST_BYTES = 128 * 2 ** 20;

const KINDS = ['encoder', 'decoder', 'cross'] as const;

/** Gives a matrix its place in the table. */
type Place = (one: Matrix | DeferredMatrix) => number;

/**
 * What a run keeps, as plain data without the model: copies, so that their buffers may be transferred away. The
 * model's predictions are computed for every target position, since what comes after can no longer ask for them.
 * @param changed the run with the what-if of a state, where there is one
 * @param checkpoint called between target positions; throws AbortError when nobody waits any more
 * @throws ExplorerError 'export-too-large' before anything is copied
 */
async function runExport(
  run: RunResult,
  changed: { readonly run: RunResult; readonly state: ViewState } | undefined,
  checkpoint: () => void | Promise<void>,
): Promise<RunExport> {
  const found = new Map<Matrix | DeferredMatrix, number>();
  const place: Place = (one) => {
    const known = found.get(one) ?? found.size;
    found.set(one, known);
    return known;
  };
  const [records, changedRecords] = [recordsOf(run, place), changed && recordsOf(changed.run, place)];
  const bytes = [...found.keys()].reduce((sum, { rows, cols }) => sum + 4 * rows * cols, 0);
  if (bytes > MOST_BYTES) throw tooLarge(bytes);
  const predictions = await allPredictions(run, checkpoint);
  const other = changed &&
    changedRecords && {
      state: changed.state,
      pass: {
        summary: changed.run.summary,
        records: changedRecords,
        predictions: await allPredictions(changed.run, checkpoint),
      },
    };
  const matrices = [...found.keys()].map(copy);
  return { summary: run.summary, matrices, records, predictions, modelLinks: run.modelLinks, changed: other };
}

function copy(one: Matrix | DeferredMatrix): Matrix {
  const { rows, cols, data } = readMatrix(one);
  return { rows, cols, data: data.slice() };
}

function recordsOf({ pass }: RunResult, place: Place): ExportedPass['records'] {
  const [encoder, decoder, cross] = KINDS.map((kind) => pass[kind].map((one) => exported(one, place)));
  return { encoder, decoder, cross };
}

async function allPredictions(run: RunResult, checkpoint: () => void | Promise<void>): Promise<Predicted[]> {
  const predictions: Predicted[] = [];
  for (let query = 0; query < run.pass.decoderOutput.rows; query++) {
    await checkpoint();
    predictions.push(predictionsAt(run, query));
  }
  return predictions;
}

function exported(record: AttentionRecord, place: Place): ExportedRecord {
  const { input, q, k, v, output, outputWeight, outputBias, bias, padding, change, heads, divisor, causal } = record;
  return {
    input: place(input),
    q: place(q),
    k: place(k),
    v: place(v),
    output: place(output),
    outputWeight: place(outputWeight),
    outputBias: outputBias && place(matrix(1, outputBias.length, outputBias)),
    bias: bias && place(bias.values),
    padding: padding && [...padding],
    hidden: change?.hidden && [...change.hidden],
    forced: change?.forced,
    heads,
    divisor,
    causal,
  };
}

function tooLarge(bytes: number): ExplorerError {
  const size = Math.ceil(bytes / 2 ** 20);
  const most = MOST_BYTES / 2 ** 20;
  return new ExplorerError(
    'export-too-large',
    'The exploration holds {size} MiB of numbers, and a page takes {most} MiB. Explore a shorter text, or export the picture or the numbers.',
    { size, most },
  );
}

/**
 * A run as plain data, with what its views would ask the model for: predictions, the pair the other way round for the
 * model's alignment, and the pass with the what-if of a state.
 * @throws ExplorerError 'export-too-large'; AbortError from `checkpoint`
 */
export async function exportRun(run: RunResult, state: ViewState, checkpoint: () => Promise<void>): Promise<RunExport> {
  run.modelLinks ??= await modelLinks(run, checkpoint);
  const shown = clampView(state, runShape(run.summary));
  const changed = await whatIfRun(run, shown, checkpoint);
  return runExport(run, changed && { run: changed, state: shown }, checkpoint);
}
