import * as v from 'valibot';

/** What a schema lets through, as nobody may change it: objects and lists, not the contents of typed arrays. */
export type Immutable<T> = T extends ArrayBufferView | string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Immutable<Item>[]
    : { readonly [Key in keyof T]: Immutable<T[Key]> };

export const floatsSchema = v.custom<Float32Array>((value) => value instanceof Float32Array);

/**
 * Checks an object once: parts that a page keeps (DeltaDecoder) come with every view, and are the same objects. They are
 * never changed.
 */
export function cachedCheck<Schema extends v.GenericSchema>(schema: Schema) {
  const passed = new WeakSet<object>();
  return v.custom<v.InferOutput<Schema>>((value) => {
    if (typeof value !== 'object' || value === null) return false;
    if (passed.has(value)) return true;
    const fits = v.is(schema, value);
    if (fits) passed.add(value);
    return fits;
  });
}

/** A whole number that counts or points: 0, 1, 2… */
export const indexSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

export const text = v.string();
