import type { ColorMap } from '../contract/choices.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { PackedRun } from '../export/packed-run.ts';
import type { ModelDetails } from '../protocol/model-details.ts';

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
