const HEADS = 8;
const WIDTH = 64;

/** The lengths of the ladder, and three products of real layers. */
export const TASKS = [
  ...[16, 32, 64, 128, 256, 512, 1024, 2048].map((length) => ({
    name: `attention ${length}`,
    kind: 'attention',
    heads: HEADS,
    length,
    width: WIDTH,
    operations: 4 * HEADS * length * length * WIDTH,
  })),
  ...[
    [32, 512, 512],
    [32, 512, 2048],
    [512, 512, 512],
  ].map(([m, k, n]) => ({ name: `product ${m}×${k}×${n}`, kind: 'product', m, k, n, operations: 2 * m * k * n })),
  { name: 'forward 30 × 30', kind: 'forward', operations: 2 * opusMtMultiplications(30, 30) },
];

/** Multiply-adds of the matrix products of a forward pass of opus-mt's shape: 6 + 6 layers, D 512, F 2048. */
function opusMtMultiplications(sources, targets) {
  const [layers, width, inner] = [6, 512, 2048];
  const encoder = sources * (4 * width ** 2 + 2 * width * inner) + 2 * sources ** 2 * width;
  const cross = 2 * (targets + sources) * width ** 2 + 2 * targets * sources * width;
  const decoder = targets * (4 * width ** 2 + 2 * width * inner) + 2 * targets ** 2 * width + cross;
  return layers * (encoder + decoder);
}

/** Values in [−1, 1), the same for everybody. */
export function inputsOf(task) {
  const values = (count, seed) => {
    let state = seed;
    return Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state / 2 ** 31;
    });
  };
  if (task.kind === 'product') return { a: values(task.m * task.k, 1), b: values(task.k * task.n, 2) };
  if (task.kind === 'forward') {
    const ids = Array.from({ length: 30 }, (_, i) => (i * 37) % 1000);
    return { source: ids, target: ids.toReversed() };
  }
  const size = task.heads * task.length * task.width;
  return { q: values(size, 1), k: values(size, 2), v: values(size, 3) };
}
