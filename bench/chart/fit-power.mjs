/**
 * Fits y = a·xᵇ by least squares of the logarithms.
 * @param points [[x, y], …], all above 0    @returns {factor: a, exponent: b}; undefined of fewer than two
 */
export function fitPower(points) {
  if (points.length < 2) return undefined;
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (at) => logs.reduce((sum, point) => sum + point[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const slope =
    logs.reduce((sum, [u, v]) => sum + (u - x) * (v - y), 0) / logs.reduce((sum, [u]) => sum + (u - x) ** 2, 0);
  return { factor: Math.exp(y - slope * x), exponent: slope };
}
