import type { Adoption, AttendInput, Backend, StoredMatrix, Weighed, WeighInput } from '../backend.ts';
import { type HalfKind, type HalfMatrix, INFINITE } from '../half-matrix.ts';
import { type Matrix, matrix } from '../matrix.ts';
import type { Norm } from '../normalize.ts';
import type { KernelExports } from './kernel-exports.ts';
import { edgeOf, type KernelMemory, ZEROS } from './kernel-memory.ts';
import { type Packed, PackedWeights } from './packed-weights.ts';
import { bytesOf, placesOf } from './places.ts';
import { evenRanges, type KernelCall, type Team, threadsFor } from './team.ts';
import { weigh } from './weigh.ts';

/** Queries whose weights are held at once where they are not wanted (assembly/attend.ts). */
const TILE = 24;

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

/** Values that weights of several heads may take at a time; more would not stay in any cache. */
const MOST_AT_ONCE = 2 ** 23;

/** How many heads of so many weights are computed at a time. */
const roomFor = (heads: number, each: number) => Math.min(heads, Math.floor(MOST_AT_ONCE / each));

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

  attend({ q, k, v, heads, divisor, mask, bias, keep = false }: AttendInput) {
    const [t, s, dk, dv] = [q.rows, k.rows, q.cols / heads, v.cols / heads];
    if (t * s * dk * dv === 0) return undefined;
    const masked = mask !== undefined || bias !== undefined;
    const panels = eights(s) * dk + eights(dv) * s;
    const tile = (keep ? t : Math.min(t, TILE)) * s;
    const threads = Math.min(heads, threadsFor(this.team, t * s * (q.cols + v.cols)));
    // Heads that are computed before their weights are taken out: all, as far as there is room for them.
    const atOnce = threads === 1 ? 1 : keep || bias !== undefined ? Math.max(threads, roomFor(heads, t * s)) : heads;
    const own = keep || bias !== undefined ? atOnce : threads;
    const sizes = [q.data.length, k.data.length, v.data.length, t * v.cols];
    for (let thread = 0; thread < threads; thread++) sizes.push(panels);
    for (let slot = 0; slot < own; slot++) sizes.push(masked ? t * s : 0, tile);
    return this.memory.inRoom(bytesOf(sizes), (at) => {
      const places = placesOf(at, sizes);
      const [qAt, kAt, vAt, contextAt] = places;
      const slotAt = (slot: number) => 4 + threads + 2 * slot;
      const floats = this.memory.floats();
      floats.set(q.data, qAt / 4);
      floats.set(k.data, kAt / 4);
      floats.set(v.data, vAt / 4);
      // The first slot's for all, where every head has the same.
      if (mask !== undefined && bias === undefined) floats.set(mask.data, places[slotAt(0)] / 4);
      const weights = keep ? new Float32Array(heads * t * s) : undefined;
      /** One head in a slot and with a thread's panels, by the kernel or into that thread's share. */
      const head = (h: number, slot: number, thread: number, attend: KernelExports['attend']) => {
        const at = slotAt(own === atOnce ? slot : thread);
        const addendAt = places[bias === undefined ? slotAt(0) : at];
        if (bias !== undefined) {
          const addend = floats.subarray(addendAt / 4, addendAt / 4 + t * s);
          addend.set(bias.data.subarray(h * t * s, (h + 1) * t * s));
          if (mask !== undefined) for (let i = 0; i < addend.length; i++) addend[i] += mask.data[i];
        }
        const [from, to] = [h * dk * 4, h * dv * 4];
        attend(
          qAt + from,
          q.cols,
          kAt + from,
          k.cols,
          vAt + to,
          v.cols,
          t,
          s,
          dk,
          dv,
          1 / divisor,
          masked ? addendAt : 0,
          places[4 + thread],
          places[at + 1],
          keep ? 1 : 0,
          ZEROS,
          edgeOf(thread),
          contextAt + to,
          v.cols,
        );
      };
      for (let first = 0; first < heads; first += atOnce) {
        const last = Math.min(heads, first + atOnce);
        if (threads === 1) head(first, 0, 0, this.kernels.attend);
        else {
          const shares: KernelCall[][] = Array.from({ length: Math.min(threads, last - first) }, () => []);
          for (let h = first; h < last; h++) {
            const share = shares[(h - first) % threads];
            head(h, h - first, (h - first) % threads, (...args) => void share.push({ kernel: 'attend', args }));
          }
          this.team.run(shares);
        }
        if (weights === undefined) continue;
        for (let h = first; h < last; h++) {
          const tileAt = places[slotAt(h - first) + 1] / 4;
          weights.set(floats.subarray(tileAt, tileAt + t * s), h * t * s);
        }
      }
      const context = matrix(t, v.cols, floats.slice(contextAt / 4, contextAt / 4 + t * v.cols));
      return { context, weights: weights && matrix(heads * t, s, weights) };
    });
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

  /** A product of [m, k] and [k, n], each thread some panels of eight columns. */
  #columns(
    m: number,
    n: number,
    k: number,
    call: (columns: readonly [number, number], thread: number) => KernelCall,
    threads = threadsFor(this.team, m * n * k),
  ): void {
    this.team.run(evenRanges(n, threads, 8).map((range, thread) => [call(range, thread)]));
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
