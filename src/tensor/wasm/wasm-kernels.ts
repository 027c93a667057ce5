import type { Float16Matrix } from '../half-precision.ts';
import type { Attended, AttendInput, Kernels, Weighed, WeighInput } from '../kernels.ts';
import { type Matrix, matrix } from '../matrix.ts';
import type { Norm, WeightMatrix } from '../parameters.ts';
import type { WeightMemory } from '../weight-memory.ts';
import { attend, weigh } from './attention-kernels.ts';
import { type KernelExports, layoutBytes, layoutOf, panelColumns } from './kernel-exports.ts';
import { edgeOf, type KernelMemory, ZEROS } from './kernel-memory.ts';
import { HALF_KINDS, type Packed, PackedWeights } from './packed-weights.ts';
import { evenRanges, type KernelTask, partsFor, type ThreadPool, threadsFor } from './work-sharing.ts';

const ACTIVATIONS: Readonly<Record<string, number>> = {
  relu: 0,
  gelu: 1,
  gelu_new: 2,
  gelu_pytorch_tanh: 2,
  gelu_fast: 2,
  swish: 3,
  silu: 3,
  tanh: 4,
};

/** The kernels of src/tensor/assembly: copies what they need into their memory, and results out of it. */
export class WasmKernels implements Kernels {
  readonly #weights: PackedWeights;

  constructor(
    readonly name: Kernels['name'],
    private readonly kernels: KernelExports,
    readonly memory: KernelMemory,
    private readonly pool: ThreadPool,
  ) {
    this.#weights = new PackedWeights(memory, kernels);
  }

  /** Where a loader puts weights for these kernels. */
  get weightMemory(): WeightMemory {
    return this.#weights;
  }

  matmul(a: Matrix, b: Matrix): Matrix | undefined {
    return this.#product(a, b, b.cols, b.rows, (from, to) => this.kernels.packPlain(from, b.cols, b.rows, b.cols, to));
  }

  matmulTransposed(a: Matrix, b: Matrix): Matrix | undefined {
    return this.#product(a, b, b.rows, b.cols, (from, to) =>
      this.kernels.packTransposed(from, b.cols, b.rows, b.cols, to),
    );
  }

  linear(x: Matrix, weight: WeightMatrix, bias: Float32Array | undefined): Matrix | undefined {
    if (x.data.length === 0 || weight.rows === 0) return undefined;
    const packed = this.#weights.of(weight, 'transposed');
    const kind = weight.kind === undefined ? undefined : HALF_KINDS.indexOf(weight.kind);
    return packed && this.#affine(x, packed, weight.rows, bias, kind);
  }

  ownedRows(weight: Float16Matrix, from: number, to: number): Uint16Array | undefined {
    return this.#weights.ownedRows(weight, from, to);
  }

  project(x: Matrix, weight: Matrix, bias: Float32Array | undefined): Matrix | undefined {
    if (x.data.length === 0 || weight.cols === 0) return undefined;
    const packed = this.#weights.of(weight, 'plain');
    return packed && this.#affine(x, packed, weight.cols, bias, undefined);
  }

  attend(input: AttendInput): Attended | undefined {
    if (input.q.data.length * input.k.rows * input.v.cols === 0) return undefined;
    return attend(this.pool, this.memory, input);
  }

  weigh(input: WeighInput): Weighed | undefined {
    const { q, keys } = input;
    if (q.data.length === 0 || keys.rows === 0) return undefined;
    const packed = this.#weights.of(keys, 'transposed');
    return packed && weigh(this.pool, this.memory, packed, input);
  }

  softmax(m: Matrix): Matrix | undefined {
    return this.#inPlace(m, [], ([at]) => this.kernels.softmax(at, m.rows, m.cols));
  }

  normalize(x: Matrix, { kind, weight, bias, epsilon }: Norm): Matrix | undefined {
    const given = bias === undefined ? [weight] : [weight, bias];
    return this.#inPlace(x, given, ([at, weightAt, biasAt]) =>
      this.kernels.normalize(at, x.rows, x.cols, kind === 'rms' ? 1 : 0, weightAt, biasAt ?? 0, epsilon),
    );
  }

  activate(m: Matrix, name: string): boolean {
    const kind = ACTIVATIONS[name];
    if (kind === undefined) return false;
    const done = this.#inPlace(m, [], ([at]) => this.kernels.activate(at, m.data.length, kind));
    if (done === undefined) return false;
    m.data.set(done.data);
    return true;
  }

  /** A times something that is packed for this call alone. */
  #product(a: Matrix, b: Matrix, n: number, k: number, pack: (from: number, to: number) => void): Matrix | undefined {
    const [m, panels] = [a.rows, panelColumns(n) * k];
    if (m * n * k === 0) return undefined;
    const sizes = [a.data.length, b.data.length, panels, m * n];
    return this.memory.withScratch(layoutBytes(sizes), (at) => {
      const [aAt, bAt, panelsAt, cAt] = layoutOf(at, sizes);
      const floats = this.memory.floats();
      floats.set(a.data, aAt / 4);
      floats.set(b.data, bAt / 4);
      pack(bAt, panelsAt);
      this.#columns(m, n, k, ([from, to], thread) => ({
        kernel: 'product',
        args: [aAt, k * 4, panelsAt + from * k * 4, 0, ZEROS, edgeOf(thread), cAt + from * 4, n * 4, m, to - from, k],
      }));
      return matrix(m, n, floats.slice(cAt / 4, cAt / 4 + m * n));
    });
  }

  /** x times packed weights, plus a bias. @param kind of half-precision panels; undefined for 32-bit ones */
  #affine(x: Matrix, packed: Packed, n: number, bias: Float32Array | undefined, kind: number | undefined) {
    const [m, k] = [x.rows, x.cols];
    const threads = threadsFor(this.pool, m * n * k);
    const sizes = [x.data.length, panelColumns(n), kind === undefined ? 0 : threads * 8 * k, m * n];
    return this.memory.withScratch(layoutBytes(sizes), (at) => {
      const [xAt, biasAt, panelAt, cAt] = layoutOf(at, sizes);
      const floats = this.memory.floats();
      floats.set(x.data, xAt / 4);
      if (bias !== undefined) floats.set(bias, biasAt / 4);
      const call = ([from, to]: readonly [number, number], thread: number): KernelTask => {
        const start = bias === undefined ? 0 : biasAt + from * 4;
        const rest = [start, ZEROS, edgeOf(thread), cAt + from * 4, n * 4, m, to - from, k];
        if (kind === undefined) return { kernel: 'product', args: [xAt, k * 4, packed.at + from * k * 4, ...rest] };
        const panels = [packed.at + from * k * 2, kind, panelAt + thread * 8 * k * 4];
        return { kernel: 'productFloat16', args: [xAt, k * 4, ...panels, ...rest] };
      };
      this.#columns(m, n, k, call, threads);
      return matrix(m, n, floats.slice(cAt / 4, cAt / 4 + m * n));
    });
  }

  /** A product of [m, k] and [k, n] in parts of some panels of eight columns. */
  #columns(
    m: number,
    n: number,
    k: number,
    call: (columns: readonly [number, number], thread: number) => KernelTask,
    threads = threadsFor(this.pool, m * n * k),
  ): void {
    const ranges = evenRanges(n, partsFor(threads, m * n * k), 8);
    this.pool.run({ parts: ranges.length, threads, calls: (part, thread) => [call(ranges[part], thread)] });
  }

  /** A copy of m that a kernel works on, beside some vectors that it is given. */
  #inPlace(m: Matrix, given: readonly Float32Array[], work: (at: readonly number[]) => void): Matrix | undefined {
    const size = m.data.length;
    if (size === 0) return undefined;
    const sizes = [size, ...given.map(({ length }) => length)];
    return this.memory.withScratch(layoutBytes(sizes), (at) => {
      const addresses = layoutOf(at, sizes);
      const floats = this.memory.floats();
      floats.set(m.data, at / 4);
      for (const [i, vector] of given.entries()) floats.set(vector, addresses[i + 1] / 4);
      work(addresses);
      return matrix(m.rows, m.cols, floats.slice(at / 4, at / 4 + size));
    });
  }
}
