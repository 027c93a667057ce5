import type { ViewState } from '../contract/view-state.ts';

export interface ExploreOptions {
  readonly direction?: string;
  readonly sourceLanguage?: string;
  readonly cut?: boolean;
  /** State to open in, where another exploration of the same pair left it. */
  readonly state?: ViewState;
}
