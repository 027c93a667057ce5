import type { ExportedRecord, RunExport } from '../protocol/run-export.ts';

/** A RunExport as JSON can hold it. */
export interface PackedRun {
  readonly summary: Omit<RunExport['summary'], 'logProbability'> & { readonly logProbability: number | null };
  readonly matrices: readonly PackedMatrix[];
  readonly records: Readonly<Record<'encoder' | 'decoder' | 'cross', readonly ExportedRecord[]>>;
  readonly predictions: RunExport['predictions'];
  readonly modelLinks?: RunExport['modelLinks'];
}

export interface PackedMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly dtype: 'F32' | 'F16';
  /** Base64, little-endian. */
  readonly data: string;
}
