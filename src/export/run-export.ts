import type { AttentionRecord } from '../attention/attention-record.ts';
import type { AttentionKind } from '../exploration/view-state.ts';
import type { KeptRun } from '../insight/kept-run.ts';
import { predictionsAt } from '../insight/predictions-at.ts';
import type { Predicted } from '../protocol/exploration-view.ts';
import { ExplorerError } from '../protocol/explorer-error.ts';
import type { ExportedRecord, RunExport } from '../protocol/run-export.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

/** Bytes of 32-bit floats that a page may hold. As text it has two thirds of that where they are written in 16 bits. */
export const MOST_BYTES = 128 * 2 ** 20;

/**
 * What a run keeps, as plain data without the model: copies, so that their buffers may be transferred away. The
 * model's predictions are computed for every target position, since what comes after can no longer ask for them.
 * @param checkpoint called between target positions; throws AbortError when nobody waits any more
 * @throws ExplorerError 'export-too-large' before anything is copied
 */
export async function runExport(run: KeptRun, checkpoint: (done: number) => void | Promise<void>): Promise<RunExport> {
  const { pass, summary } = run;
  const found = new Map<Matrix, number>();
  const place = (one: Matrix): number => {
    const known = found.get(one) ?? found.size;
    found.set(one, known);
    return known;
  };
  const records = Object.fromEntries(
    (['encoder', 'decoder', 'cross'] as const).map((kind) => [kind, pass[kind].map((one) => exported(one, place))]),
  ) as Record<AttentionKind, ExportedRecord[]>;
  const bytes = [...found.keys()].reduce((sum, { data }) => sum + data.byteLength, 0);
  if (bytes > MOST_BYTES) throw tooLarge(bytes);

  const predictions: Predicted[] = [];
  for (let query = 0; query < pass.decoderOutput.rows; query++) {
    await checkpoint(query / pass.decoderOutput.rows);
    predictions.push(predictionsAt(run, query));
  }
  const matrices = [...found.keys()].map(({ rows, cols, data }) => ({ rows, cols, data: data.slice() }));
  return { summary, matrices, records, predictions, modelLinks: run.modelLinks };
}

function exported(record: AttentionRecord, place: (matrix: Matrix) => number): ExportedRecord {
  const { input, q, k, v, output, outputWeight, outputBias, bias, padding, heads, divisor, causal } = record;
  return {
    input: place(input),
    q: place(q),
    k: place(k),
    v: place(v),
    output: place(output),
    outputWeight: place(outputWeight),
    outputBias: outputBias && place(matrix(1, outputBias.length, outputBias)),
    bias: bias && place(bias),
    padding: padding && [...padding],
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
    `The exploration holds ${size} MiB of numbers, and a page takes ${most} MiB. Explore a shorter text, or export the picture or the numbers.`,
    { size, most },
  );
}
