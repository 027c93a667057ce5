import { toBase64 } from '../protocol/base64.ts';
import type { RunExport } from '../protocol/run-export.ts';
import type { Matrix } from '../tensor/matrix.ts';
import { halfFloats, MOST_HALF } from './half-floats.ts';
import type { PackedMatrix, PackedRun } from './packed-run.ts';

/** Up to here numbers keep their 32 bits, and a page shows to the last digit what the panel shows. */
export const WHOLE_BYTES = 24 * 2 ** 20;

/**
 * A run as JSON can hold it. The model's folder is left out: it is nobody else's business.
 * @param whole bytes up to which numbers keep their 32 bits; above they have 16, which tell weights apart to 3 digits
 */
export function packRun(run: RunExport, whole = WHOLE_BYTES): PackedRun {
  const bytes = run.matrices.reduce((sum, { data }) => sum + data.byteLength, 0);
  const { logProbability, model } = run.summary;
  return {
    summary: {
      ...run.summary,
      model: { ...model, folder: '' },
      logProbability: Number.isFinite(logProbability) ? logProbability : null,
    },
    matrices: run.matrices.map((one) => packMatrix(one, bytes > whole)),
    records: run.records,
    predictions: run.predictions,
    modelLinks: run.modelLinks,
  };
}

function packMatrix({ rows, cols, data }: Matrix, small: boolean): PackedMatrix {
  // T5 has states that 16 bits can't hold.
  const fits = small && data.every((value) => Math.abs(value) <= MOST_HALF);
  const stored = fits ? halfFloats(data) : data;
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  return { rows, cols, dtype: fits ? 'F16' : 'F32', data: toBase64(bytes) };
}
