import * as v from 'valibot';

export const kindSchema = v.picklist(['cross', 'encoder', 'decoder']);
export const phaseSchema = v.picklist(['query', 'match', 'combine']);
export const unitSchema = v.picklist(['words', 'pieces']);
export const specialSchema = v.picklist(['show', 'dim', 'hide']);

/** A whole number that counts or points: 0, 1, 2… */
export const indexSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A layer or head, or the mean of all. */
export const headSchema = v.union([indexSchema, v.literal('mean')]);

export const viewStateSchema = v.object({
  kind: kindSchema,
  layer: headSchema,
  head: headSchema,
  query: indexSchema,
  phase: phaseSchema,
  unit: unitSchema,
  special: specialSchema,
});
