import type { ColorMap } from '../contract/choices.ts';
import type { ErrorCode } from '../contract/error.ts';
import type { Drawn, DrawRequest } from '../contract/picture-request.ts';
import type { RunSummary } from '../contract/run.ts';
import type { AtlasFacts, AtlasPlace, AtlasTile } from '../contract/tiles.ts';
import type { ExplorationView } from '../contract/view.ts';
import type { Action } from '../exploration/action.ts';
import type { ExportTarget } from '../protocol/export-target.ts';
import type { Measurement } from '../protocol/measurement.ts';
import type { ModelDetails } from '../protocol/model-details.ts';

/** What the panel is doing, besides the view. */
export interface PanelState {
  readonly status: 'empty' | 'running' | 'ready' | 'failed';
  readonly progress?: { readonly done: number; readonly stage: string };
  readonly error?: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly way?: { readonly label: string; readonly command: PanelCommand };
  };
  readonly run?: RunSummary;
  /** The text in the editor has changed since the run. */
  readonly stale: boolean;
  readonly playing: boolean;
}

/** Buttons of the panel that the host carries out. */
export type PanelCommand =
  | 'runAgain'
  | 'runCut'
  | 'cancel'
  | 'swap'
  | 'explore'
  | 'openExample'
  | 'getStarted'
  | 'play'
  | 'measure'
  | 'cancelMeasure'
  | 'compareWith'
  | 'compareWithSelf'
  | 'compareWithModel'
  | 'modelDetails'
  | 'showLog';

/** The two sides of a comparison, A and B. */
export type SideName = 'left' | 'right';

/** One side of a comparison. */
export interface ComparedSide {
  /** Exploration that it is of, for the page to remember; empty where there is none. */
  readonly id: string;
  /** What the model writes of the source stands in place of the pair's target. */
  readonly written?: boolean;
  readonly state: PanelState;
  readonly view?: ExplorationView;
}

export type HostMessage =
  /**
   * `id`: the exploration that the page is of; `strings`: the localisation bundle (English text → translation), empty
   * for English.
   */
  | {
      readonly type: 'init';
      readonly id: string;
      readonly colorMap: ColorMap;
      readonly language: string;
      readonly strings: Readonly<Record<string, string>>;
    }
  | { readonly type: 'state'; readonly state: PanelState }
  | { readonly type: 'view'; readonly view: ExplorationView }
  /** Of the atlas of the view: tiles as they come, what the whole says, or why there is none. Not kept for a page that comes anew. */
  | { readonly type: 'tile'; readonly tile: AtlasTile }
  | { readonly type: 'atlasFacts'; readonly facts: AtlasFacts }
  | { readonly type: 'atlasFailed'; readonly id: string; readonly message: string }
  /** A token lit from the editor: rows and columns of the piece lists; empty arrays clear it. */
  | { readonly type: 'highlight'; readonly side: 'source' | 'target'; readonly pieces: readonly number[] }
  | { readonly type: 'measured'; readonly points: readonly Measurement[]; readonly done: boolean }
  /** What stands in the folder of the run's model. */
  | { readonly type: 'model'; readonly details: ModelDetails }
  | { readonly type: 'compare'; readonly left: ComparedSide; readonly right: ComparedSide }
  /** Answered by `drawn` with the same id. */
  | ({ readonly type: 'draw'; readonly id: string } & DrawRequest)
  /** Scroll a section into view and focus it. */
  | { readonly type: 'reveal'; readonly section: 'heatmap' | 'stepper' | 'complexity' | 'overview' | 'model' };

export type WebviewMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'act'; readonly action: Action }
  | { readonly type: 'command'; readonly command: PanelCommand }
  /** An action on one side of a comparison. */
  | { readonly type: 'actSide'; readonly side: SideName; readonly action: Action }
  /** Another exploration or head is to be picked for a side. */
  | { readonly type: 'pickSide'; readonly side: SideName }
  /** Tokens of ModelInfo.directions and .sources; empty for none. */
  | { readonly type: 'setLanguages'; readonly direction?: string; readonly sourceLanguage?: string }
  | { readonly type: 'export'; readonly target: ExportTarget }
  /** The tiles of an atlas that are in sight and not there yet; takes the place of what was asked before. */
  | { readonly type: 'tiles'; readonly id: string; readonly places: readonly AtlasPlace[] }
  | { readonly type: 'drawn'; readonly id: string; readonly result: Drawn }
  /** Pieces under the pointer or keyboard in the panel, to be lit in the editor; −1 for none. */
  | { readonly type: 'hover'; readonly row: number; readonly col: number }
  /** The view of this run and state has been painted; for the measured time from Explore to picture. */
  | { readonly type: 'painted'; readonly runId: string; readonly at?: PaintTimes };

/** When a view came to the page, stood in its elements, and was painted: milliseconds since 1970, with fractions. */
export interface PaintTimes {
  readonly received: number;
  readonly rendered: number;
  readonly painted: number;
}
