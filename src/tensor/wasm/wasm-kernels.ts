import { type HalfKind, type HalfMatrix, INFINITE } from '../half-precision.ts';
import type { Attended, AttendInput, Backend, Weighed, WeighInput } from '../kernels.ts';
import { type Matrix, matrix } from '../matrix.ts';
import type { Norm } from '../parameters.ts';
import type { Adoption, StoredMatrix } from '../weight-memory.ts';
import { attend, weigh } from './attention-kernels.ts';
import { bytesOf, type KernelExports, placesOf } from './kernel-exports.ts';
import { edgeOf, type KernelMemory, ZEROS } from './kernel-memory.ts';
import { type Packed, PackedWeights } from './packed-weights.ts';
import { evenRanges, type KernelCall, partsFor, type Team, threadsFor } from './work-sharing.ts';

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

/** By the numbers that the kernels have for them. */
const KINDS: readonly HalfKind[] = ['F16', 'BF16'];

const eights = (count: number) => Math.ceil(count / 8) * 8;

/** The kernels of src/tensor/assembly: copies what they need into their memory, and results out of it. */
export class WasmBackend implements Backend {
  readonly #weights: PackedWeights;

  constructor(
    readonly name: Backend['name'],
    private readonly kernels: KernelExports,
    readonly memory: KernelMemory,
    private readonly team: Team,
  ) {
    this.#weights = new PackedWeights(memory, kernels);
  }

  matmul(a: Matrix, b: Matrix): Matrix | undefined {
    return this.#product(a, b, b.cols, b.rows, (from, to) => this.kernels.packPlain(from, b.cols, b.rows, b.cols, to));
  }

  matmulTransposed(a: Matrix, b: Matrix): Matrix | undefined {
    return this.#product(a, b, b.rows, b.cols, (from, to) =>
      this.kernels.packTransposed(from, b.cols, b.rows, b.cols, to),
    );
  }

  linear(x: Matrix, weight: StoredMatrix, bias: Float32Array | undefined): Matrix | undefined {
    if (x.data.length === 0 || weight.rows === 0) return undefined;
    const packed = this.#weights.of(weight, 'transposed');
    const kind = 'halves' in weight ? KINDS.indexOf(weight.kind) : undefined;
    return packed && this.#affine(x, packed, weight.rows, bias, kind);
  }

  reserve(halves: number): void {
    this.memory.reserve(halves * 2);
  }

  untouched(bytes: number) {
    return this.memory.hold(bytes);
  }

  widen(kind: HalfKind, read: (into: Uint8Array) => void, out: Float32Array): boolean | undefined {
    const count = out.length;
    return this.memory.inRoom(bytesOf([count, count]), (at) => {
      const [halvesAt, floatsAt] = placesOf(at, [count, count]);
      const { buffer } = this.memory.memory;
      read(new Uint8Array(buffer, halvesAt, count * 2));
      const odd = this.kernels.widenValues(halvesAt, KINDS.indexOf(kind), count, floatsAt, INFINITE[kind]);
      out.set(new Float32Array(buffer, floatsAt, count));
      return odd === 0;
    });
  }

  adopt(weight: HalfMatrix): Adoption | undefined {
    return this.#weights.adopt(weight);
  }

  adopted(weight: HalfMatrix, from: number, to: number): Uint16Array | undefined {
    return this.#weights.adopted(weight, from, to);
  }

  project(x: Matrix, weight: Matrix, bias: Float32Array | undefined): Matrix | undefined {
    if (x.data.length === 0 || weight.cols === 0) return undefined;
    const packed = this.#weights.of(weight, 'plain');
    return packed && this.#affine(x, packed, weight.cols, bias, undefined);
  }

  attend(input: AttendInput): Attended | undefined {
    if (input.q.data.length * input.k.rows * input.v.cols === 0) return undefined;
    return attend(this.team, this.memory, input);
  }

  weigh(input: WeighInput): Weighed | undefined {
    const { q, keys } = input;
    if (q.data.length === 0 || keys.rows === 0) return undefined;
    const packed = this.#weights.of(keys, 'transposed');
    return packed && weigh(this.team, this.memory, packed, input);
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
    const [m, panels] = [a.rows, eights(n) * k];
    if (m * n * k === 0) return undefined;
    const sizes = [a.data.length, b.data.length, panels, m * n];
    return this.memory.inRoom(bytesOf(sizes), (at) => {
      const [aAt, bAt, panelsAt, cAt] = placesOf(at, sizes);
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
    const threads = threadsFor(this.team, m * n * k);
    const sizes = [x.data.length, eights(n), kind === undefined ? 0 : threads * 8 * k, m * n];
    return this.memory.inRoom(bytesOf(sizes), (at) => {
      const [xAt, biasAt, panelAt, cAt] = placesOf(at, sizes);
      const floats = this.memory.floats();
      floats.set(x.data, xAt / 4);
      if (bias !== undefined) floats.set(bias, biasAt / 4);
      const call = ([from, to]: readonly [number, number], thread: number): KernelCall => {
        const start = bias === undefined ? 0 : biasAt + from * 4;
        const rest = [start, ZEROS, edgeOf(thread), cAt + from * 4, n * 4, m, to - from, k];
        if (kind === undefined) return { kernel: 'product', args: [xAt, k * 4, packed.at + from * k * 4, ...rest] };
        const panels = [packed.at + from * k * 2, kind, panelAt + thread * 8 * k * 4];
        return { kernel: 'productHalves', args: [xAt, k * 4, ...panels, ...rest] };
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
    call: (columns: readonly [number, number], thread: number) => KernelCall,
    threads = threadsFor(this.team, m * n * k),
  ): void {
    const ranges = evenRanges(n, partsFor(threads, m * n * k), 8);
    this.team.run({ parts: ranges.length, threads, calls: (part, thread) => [call(ranges[part], thread)] });
  }

  /** A copy of m that a kernel works on, beside some vectors that it is given. */
  #inPlace(m: Matrix, given: readonly Float32Array[], work: (at: readonly number[]) => void): Matrix | undefined {
    const size = m.data.length;
    if (size === 0) return undefined;
    const sizes = [size, ...given.map(({ length }) => length)];
    return this.memory.inRoom(bytesOf(sizes), (at) => {
      const places = placesOf(at, sizes);
      const floats = this.memory.floats();
      floats.set(m.data, at / 4);
      for (const [i, vector] of given.entries()) floats.set(vector, places[i + 1] / 4);
      work(places);
      return matrix(m.rows, m.cols, floats.slice(at / 4, at / 4 + size));
    });
  }
}
