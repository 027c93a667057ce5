/** What src/tensor/assembly/exports.ts exports. Addresses and strides are numbers; see there for the shapes. */
export interface KernelExports {
  product(
    a: number,
    aStride: number,
    panels: number,
    start: number,
    zeros: number,
    edge: number,
    c: number,
    cStride: number,
    m: number,
    n: number,
    k: number,
  ): void;
  productFloat16(
    a: number,
    aStride: number,
    panels: number,
    kind: number,
    panel: number,
    start: number,
    zeros: number,
    edge: number,
    c: number,
    cStride: number,
    m: number,
    n: number,
    k: number,
  ): void;
  packTransposed(b: number, stride: number, n: number, k: number, panels: number): void;
  /** @returns not 0 where any value is NaN or infinite */
  packFloat16(b: number, stride: number, n: number, k: number, panels: number, infinite: number): number;
  /** @returns not 0 where any value is NaN or infinite */
  upcastValues(from: number, kind: number, n: number, to: number, infinite: number): number;
  packPlain(b: number, stride: number, k: number, n: number, panels: number): void;
  attend(
    q: number,
    qStride: number,
    k: number,
    kStride: number,
    v: number,
    vStride: number,
    t: number,
    s: number,
    dk: number,
    dv: number,
    scale: number,
    mask: number,
    bias: number,
    room: number,
    weights: number,
    keep: number,
    zeros: number,
    edge: number,
    context: number,
    cStride: number,
  ): void;
  softmax(x: number, m: number, n: number): void;
  weigh(row: number, n: number, addend: number, stats: number, size: number, most: number, sums: number): void;
  normalize(x: number, m: number, n: number, rms: number, weight: number, bias: number, epsilon: number): void;
  activate(x: number, n: number, kind: number): void;
}

/** Bytes of an array of so many floats: each begins at a cache line, and kernels may write whole vectors of four. */
const aligned = (size: number) => Math.ceil(size / 16) * 64;

/** Bytes that arrays of so many floats take, one behind the other. */
export function layoutBytes(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + aligned(size), 0);
}

/** Addresses of the arrays, one behind the other. */
export function layoutOf(at: number, sizes: readonly number[]): number[] {
  let next = at;
  return sizes.map((size) => {
    const address = next;
    next += aligned(size);
    return address;
  });
}

/** Columns of whole panels of eight, at least `count`. */
export function panelColumns(count: number): number {
  return Math.ceil(count / 8) * 8;
}
