import * as v from 'valibot';
import { COLOR_MAPS, type ColorMap, type PanelCommand } from '../contract/choices.ts';
import type { ErrorCode } from '../contract/error.ts';
import { detailsSchema, type ModelDetails } from '../contract/model-info.ts';
import type { DrawRequest } from '../contract/picture-request.ts';
import { type Measurement, pointSchema, type RunSummary, runSummarySchema } from '../contract/run.ts';
import { cachedCheck, indexSchema, text } from '../contract/schema-parts.ts';
import { type Tile, type TiledSummary, tiledIdSchema, tiledSummarySchema, tileSchema } from '../contract/tiles.ts';
import { type ComputedView, computedViewSchema } from '../contract/view.ts';

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

/** One side of a comparison. */
export interface ComparedSide {
  /** Exploration that it is of, for the page to remember; empty where there is none. */
  readonly id: string;
  /** What the model writes of the source stands in place of the pair's target. */
  readonly written?: boolean;
  readonly state: PanelState;
  readonly view?: ComputedView;
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
  | { readonly type: 'view'; readonly view: ComputedView }
  /** Of the tiled matrix of the view: tiles as they come, what the whole says, or why there is none. Not kept for a page that comes anew. */
  | { readonly type: 'tile'; readonly tile: Tile }
  | { readonly type: 'tilesSummary'; readonly facts: TiledSummary }
  | { readonly type: 'tilesFailed'; readonly id: string; readonly message: string }
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

const panelStateSchema = v.object({
  status: v.picklist(['empty', 'running', 'ready', 'failed']),
  progress: v.optional(v.object({ done: v.number(), stage: text })),
  error: v.optional(v.object({ code: text, message: text, way: v.optional(v.object({ label: text, command: text })) })),
  run: v.optional(cachedCheck(runSummarySchema)),
  stale: v.boolean(),
  playing: v.boolean(),
});

const comparedSchema = v.object({
  id: text,
  written: v.optional(v.boolean()),
  state: panelStateSchema,
  view: v.optional(computedViewSchema),
});

const hostMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('init'),
    id: text,
    colorMap: v.picklist(COLOR_MAPS),
    language: text,
    strings: v.record(text, text),
  }),
  v.object({ type: v.literal('state'), state: panelStateSchema }),
  v.object({ type: v.literal('view'), view: computedViewSchema }),
  v.object({ type: v.literal('tile'), tile: tileSchema }),
  v.object({ type: v.literal('tilesSummary'), facts: tiledSummarySchema }),
  v.object({ type: v.literal('tilesFailed'), id: tiledIdSchema, message: text }),
  v.object({ type: v.literal('highlight'), side: v.picklist(['source', 'target']), pieces: v.array(indexSchema) }),
  v.object({
    type: v.literal('draw'),
    id: text,
    as: v.picklist(['svg', 'png', 'clipboard', 'theme']),
    colors: v.picklist(['seen', 'print']),
    scale: v.pipe(v.number(), v.minValue(1), v.maxValue(8)),
    names: v.array(text),
  }),
  v.object({ type: v.literal('measured'), points: v.array(pointSchema), done: v.boolean() }),
  v.object({ type: v.literal('model'), details: detailsSchema }),
  v.object({ type: v.literal('compare'), left: comparedSchema, right: comparedSchema }),
  v.object({
    type: v.literal('reveal'),
    section: v.picklist(['heatmap', 'stepper', 'complexity', 'overview', 'model']),
  }),
]);

/**
 * Checks shape and array lengths, and returns the message itself: fields that were added to the contract pass through.
 * @returns what the host said, or undefined when it is none of its messages
 */
export function parseHostMessage(message: unknown): HostMessage | undefined {
  return v.is(hostMessageSchema, message) ? (message as HostMessage) : undefined;
}
