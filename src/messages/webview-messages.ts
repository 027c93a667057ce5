import * as v from 'valibot';
import { EXPORT_TARGETS, PANEL_COMMANDS, SIDE_NAMES } from '../contract/choices.ts';
import { drawnSchema } from '../contract/picture-request.ts';
import type { Immutable } from '../contract/schema-parts.ts';
import { tiledIdSchema, tilePlacesSchema } from '../contract/tiles.ts';
import { actionSchema } from '../contract/view-state.ts';

const sideSchema = v.picklist(SIDE_NAMES);
/** −1 for none. */
const pieceSchema = v.pipe(v.number(), v.integer(), v.minValue(-1));
/** When a view came to the page, stood in its elements, and was painted: milliseconds since 1970, with fractions. */
const timesSchema = v.strictObject({ received: v.number(), rendered: v.number(), painted: v.number() });
const shortText = v.pipe(v.string(), v.maxLength(200));

const webviewMessageSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('act'), action: actionSchema }),
  v.strictObject({ type: v.literal('command'), command: v.picklist(PANEL_COMMANDS) }),
  // An action on one side of a comparison.
  v.strictObject({ type: v.literal('actSide'), side: sideSchema, action: actionSchema }),
  // Another exploration or head is to be picked for a side.
  v.strictObject({ type: v.literal('pickSide'), side: sideSchema }),
  // Tokens of ModelInfo.directions and .sources; empty for none.
  v.strictObject({
    type: v.literal('setLanguages'),
    direction: v.optional(shortText),
    sourceLanguage: v.optional(shortText),
  }),
  v.strictObject({ type: v.literal('export'), target: v.picklist(EXPORT_TARGETS) }),
  // The tiles of a tiled matrix that are in sight and not there yet; takes the place of the request before.
  v.strictObject({ type: v.literal('tiles'), id: tiledIdSchema, places: tilePlacesSchema }),
  v.strictObject({ type: v.literal('drawn'), id: shortText, result: drawnSchema }),
  // Tokens under the pointer or keyboard in the panel, to be marked in the editor; −1 for none.
  v.strictObject({ type: v.literal('hover'), row: pieceSchema, col: pieceSchema }),
  // The view of this run has been painted; for the measured time from Explore to picture.
  v.strictObject({ type: v.literal('painted'), runId: shortText, at: v.optional(timesSchema) }),
]);

export type WebviewMessage = Immutable<v.InferOutput<typeof webviewMessageSchema>>;
export type PaintTimes = v.InferOutput<typeof timesSchema>;

/** @returns the webview's message, or undefined when it is none */
export function parseWebviewMessage(message: unknown): WebviewMessage | undefined {
  const result = v.safeParse(webviewMessageSchema, message);
  return result.success ? result.output : undefined;
}
