/**
 * Fits y = a·xᵇ by least squares of the logarithms.
 * @param points x and y above 0; others are left out
 * @returns undefined with fewer than two different x
 */
export function fitExponent(
  points: readonly { readonly x: number; readonly y: number }[],
): { readonly factor: number; readonly exponent: number } | undefined {
  const logs = points.filter(({ x, y }) => x > 0 && y > 0).map(({ x, y }) => [Math.log(x), Math.log(y)] as const);
  const n = logs.length;
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (n < 2 || spread === 0) return undefined;
  const exponent = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { factor: Math.exp(meanY - exponent * meanX), exponent };
}
