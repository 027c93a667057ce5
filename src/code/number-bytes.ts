const BYTES: readonly (readonly [RegExp, number])[] = [
  [/float64|double/, 8],
  [/bfloat16|float16|half/, 2],
  [/float8|int8/, 1],
];

/** Bytes of one number of a type, `torch.float16` or `bfloat16`; 4 where the type is not known or not given. */
export function numberBytes(dtype: string | undefined): number {
  return BYTES.find(([pattern]) => pattern.test(dtype ?? ''))?.[1] ?? 4;
}
