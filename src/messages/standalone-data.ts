import type { ColorMap } from '../contract/choices.ts';
import type { ModelDetails } from '../contract/model-info.ts';
import type { ExportedPass, RunExport } from '../contract/run-snapshot.ts';
import type { ViewState } from '../contract/view-state.ts';

/** What a page that stands alone is made of, besides its scripts and styles: embedded as JSON. */
export interface StandaloneData {
  readonly run: PackedRun;
  readonly state: ViewState;
  readonly language: string;
  readonly strings: Readonly<Record<string, string>>;
  readonly colorMap: ColorMap;
  /** What the model's folder holds; its name left out. */
  readonly details: ModelDetails;
}

/** Element that holds it. */
export const DATA_ID = 'exploration';

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
