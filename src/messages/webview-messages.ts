import * as v from 'valibot';
import { atlasIdSchema, atlasPlacesSchema } from '../protocol/atlas-schema.ts';
import { drawnSchema } from '../protocol/drawn-schema.ts';
import { EXPORT_TARGETS } from '../protocol/export-target.ts';
import {
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
} from '../protocol/view-state-schema.ts';
import type { WebviewMessage } from './host-messages.ts';

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
  v.strictObject({ type: v.literal('tiles'), id: atlasIdSchema, places: atlasPlacesSchema }),
  v.strictObject({ type: v.literal('drawn'), id: shortText, result: drawnSchema }),
  v.strictObject({ type: v.literal('hover'), row: pieceSchema, col: pieceSchema }),
  v.strictObject({ type: v.literal('painted'), runId: shortText, at: v.optional(timesSchema) }),
]);

/** @returns what the webview said, or undefined when it is none of its messages */
export function parseWebviewMessage(message: unknown): WebviewMessage | undefined {
  const result = v.safeParse(webviewMessageSchema, message);
  return result.success ? result.output : undefined;
}
