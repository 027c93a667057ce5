import type { ExportedPass, RunExport } from '../contract/run-snapshot.ts';
import type { ViewState } from '../contract/view-state.ts';

/** A pass as JSON can hold it: which has no word for −∞. */
export interface PackedPass extends Omit<ExportedPass, 'summary'> {
  readonly summary: Omit<ExportedPass['summary'], 'logProbability'> & { readonly logProbability: number | null };
}

/** A RunExport as JSON can hold it. */
export interface PackedRun extends PackedPass {
  readonly matrices: readonly PackedMatrix[];
  readonly modelLinks?: RunExport['modelLinks'];
  readonly changed?: { readonly state: ViewState; readonly pass: PackedPass };
}

export interface PackedMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly dtype: 'F32' | 'F16';
  /** Base64, little-endian. */
  readonly data: string;
}
