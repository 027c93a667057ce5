import * as v from 'valibot';
import { COLOR_MAPS } from '../contract/choices.ts';
import { once } from '../contract/schema-parts.ts';
import type { HostMessage } from '../messages/host-messages.ts';
import { atlasFactsSchema, atlasIdSchema, atlasTileSchema } from './atlas-schema.ts';
import { explorationViewSchema } from './exploration-view-schema.ts';
import { runSummarySchema } from './run-schema.ts';
import { indexSchema } from './view-state-schema.ts';

const text = v.string();

const panelStateSchema = v.object({
  status: v.picklist(['empty', 'running', 'ready', 'failed']),
  progress: v.optional(v.object({ done: v.number(), stage: text })),
  error: v.optional(v.object({ code: text, message: text, way: v.optional(v.object({ label: text, command: text })) })),
  run: v.optional(once(runSummarySchema)),
  stale: v.boolean(),
  playing: v.boolean(),
});

const pointSchema = v.object({
  method: v.picklist(['full', 'streaming', 'window', 'linear', 'cross']),
  targets: indexSchema,
  sources: indexSchema,
  milliseconds: v.number(),
});

const comparedSchema = v.object({
  id: text,
  written: v.optional(v.boolean()),
  state: panelStateSchema,
  view: v.optional(explorationViewSchema),
});

const detailsSchema = v.object({
  folder: text,
  parts: v.array(v.object({ part: text, parameters: indexSchema, bytes: indexSchema })),
  dtypes: v.array(v.object({ dtype: text, bytes: indexSchema })),
  tokenizerFiles: v.array(text),
  card: v.optional(
    v.object({
      title: v.optional(text),
      titles: v.optional(v.record(text, text)),
      license: v.optional(text),
      languages: v.array(text),
    }),
  ),
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
  v.object({ type: v.literal('view'), view: explorationViewSchema }),
  v.object({ type: v.literal('tile'), tile: atlasTileSchema }),
  v.object({ type: v.literal('atlasFacts'), facts: atlasFactsSchema }),
  v.object({ type: v.literal('atlasFailed'), id: atlasIdSchema, message: text }),
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
