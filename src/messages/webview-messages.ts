import * as v from 'valibot';
import { EXPORT_TARGETS, type ExportTarget, type PanelCommand, type SideName } from '../contract/choices.ts';
import { type Drawn, drawnSchema } from '../contract/picture-request.ts';
import { type TilePlace, tiledIdSchema, tilePlacesSchema } from '../contract/tiles.ts';
import {
  type Action,
  alignmentSchema,
  headSchema,
  kindSchema,
  matrixSchema,
  orderSchema,
  phaseSchema,
  pictureSchema,
  specialSchema,
  unitSchema,
  whatIfSchema,
} from '../contract/view-state.ts';

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
  /** The tiles of a tiled matrix that are in sight and not there yet; takes the place of what was asked before. */
  | { readonly type: 'tiles'; readonly id: string; readonly places: readonly TilePlace[] }
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

const actionSchema = v.variant('type', [
  v.strictObject({ type: v.literal('setKind'), kind: kindSchema }),
  v.strictObject({ type: v.literal('setLayer'), layer: headSchema }),
  v.strictObject({ type: v.literal('setHead'), head: headSchema, layer: v.optional(headSchema) }),
  v.strictObject({ type: v.literal('setQuery'), query: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.strictObject({ type: v.literal('setPhase'), phase: phaseSchema }),
  v.strictObject({ type: v.literal('setUnit'), unit: unitSchema }),
  v.strictObject({ type: v.literal('setSpecial'), special: specialSchema }),
  v.strictObject({ type: v.literal('setPicture'), picture: pictureSchema }),
  v.strictObject({ type: v.literal('setMatrix'), matrix: matrixSchema }),
  v.strictObject({ type: v.literal('setAlignment'), alignment: alignmentSchema }),
  v.strictObject({ type: v.literal('setSort'), sort: orderSchema }),
  v.strictObject({ type: v.literal('setWhatIf'), whatIf: whatIfSchema }),
  v.strictObject({ type: v.picklist(['clearWhatIf', 'nextPhase', 'previousPhase', 'nextToken', 'previousToken']) }),
]);

const commandSchema = v.picklist([
  'runAgain',
  'runCut',
  'cancel',
  'swap',
  'explore',
  'openExample',
  'getStarted',
  'play',
  'measure',
  'cancelMeasure',
  'compareWith',
  'compareWithSelf',
  'compareWithModel',
  'modelDetails',
  'showLog',
]);

const sideSchema = v.picklist(['left', 'right']);
/** −1 for none. */
const pieceSchema = v.pipe(v.number(), v.integer(), v.minValue(-1));
const timesSchema = v.strictObject({ received: v.number(), rendered: v.number(), painted: v.number() });
const shortText = v.pipe(v.string(), v.maxLength(200));

const webviewMessageSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('act'), action: actionSchema }),
  v.strictObject({ type: v.literal('command'), command: commandSchema }),
  v.strictObject({ type: v.literal('actSide'), side: sideSchema, action: actionSchema }),
  v.strictObject({ type: v.literal('pickSide'), side: sideSchema }),
  v.strictObject({
    type: v.literal('setLanguages'),
    direction: v.optional(shortText),
    sourceLanguage: v.optional(shortText),
  }),
  v.strictObject({ type: v.literal('export'), target: v.picklist(EXPORT_TARGETS) }),
  v.strictObject({ type: v.literal('tiles'), id: tiledIdSchema, places: tilePlacesSchema }),
  v.strictObject({ type: v.literal('drawn'), id: shortText, result: drawnSchema }),
  v.strictObject({ type: v.literal('hover'), row: pieceSchema, col: pieceSchema }),
  v.strictObject({ type: v.literal('painted'), runId: shortText, at: v.optional(timesSchema) }),
]);

/** @returns what the webview said, or undefined when it is none of its messages */
export function parseWebviewMessage(message: unknown): WebviewMessage | undefined {
  const result = v.safeParse(webviewMessageSchema, message);
  return result.success ? result.output : undefined;
}
