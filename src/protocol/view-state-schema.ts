import * as v from 'valibot';

export const kindSchema = v.picklist(['cross', 'encoder', 'decoder']);
export const phaseSchema = v.picklist(['query', 'match', 'combine']);
export const unitSchema = v.picklist(['words', 'pieces']);
export const specialSchema = v.picklist(['show', 'dim', 'hide']);
export const pictureSchema = v.picklist(['heatmap', 'lines']);
export const matrixSchema = v.picklist(['attention', 'value', 'rollout']);
export const alignmentSchema = v.picklist(['off', 'argmax', 'model']);
export const orderSchema = v.picklist(['layer', 'sharpest', 'diagonal', 'sink']);

/** A whole number that counts or points: 0, 1, 2… */
export const indexSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A layer or head, or the mean of all. */
export const headSchema = v.union([indexSchema, v.literal('mean')]);

/** Far more pieces than a run can have, so that no message fills the memory. */
const piecesSchema = v.pipe(v.array(indexSchema), v.maxLength(2 ** 16));

export const whatIfSchema = v.strictObject({
  mask: piecesSchema,
  force: v.optional(v.strictObject({ query: indexSchema, keys: piecesSchema })),
});

export const viewStateSchema = v.object({
  kind: kindSchema,
  layer: headSchema,
  head: headSchema,
  query: indexSchema,
  phase: phaseSchema,
  unit: unitSchema,
  special: specialSchema,
  picture: pictureSchema,
  matrix: matrixSchema,
  alignment: alignmentSchema,
  sort: orderSchema,
  whatIf: v.optional(whatIfSchema),
});
