import { toBase64 } from '../base/bytes.ts';
import type { ExportedPass, RunExport } from '../contract/run-snapshot.ts';
import type { PackedMatrix, PackedPass, PackedRun } from '../messages/standalone-data.ts';
import { halfFloats, MOST_HALF } from '../tensor/half-precision.ts';
import type { Matrix } from '../tensor/matrix.ts';

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
  const fits = small && data.every((value) => Math.abs(value) <= MOST_HALF);
  const stored = fits ? halfFloats(data) : data;
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  return { rows, cols, dtype: fits ? 'F16' : 'F32', data: toBase64(bytes) };
}
