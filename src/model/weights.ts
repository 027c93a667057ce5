import { ExplorerError } from '../protocol/explorer-error.ts';
import type { HalfKind } from '../tensor/half-matrix.ts';
import type { Linear, WeightMatrix } from '../tensor/linear.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import type { Norm } from '../tensor/normalize.ts';
import { floatBytes } from './decode-tensor.ts';
import { fillWeights, type WantedWeight } from './fill-weights.ts';
import type { StoredWeight } from './load-weights.ts';
import type { Checkpoint } from './model.ts';

/**
 * Bytes of weights from which on they are widened as they are used. Below, widening them once costs little memory, and
 * each step of writing a text is up to twice as fast.
 */
const LEAN_FROM = 48 * 2 ** 20;

/**
 * A checkpoint's tensors, taken by name with the shape that the config calls for. What is taken is zero at first: a
 * family is built from shapes alone, so that what does not fit is said before anything is read, and `fill` then reads
 * the values into their places, once and in pieces.
 */
export class Weights {
  /** Values taken so far: the model's parameters, tied ones once. */
  parameters = 0;
  /** Whether half-precision matrices stay as they are stored: a large checkpoint would take twice its size otherwise. */
  readonly #lean: boolean;
  readonly #wanted = new Map<string, WantedWeight>();
  readonly #counted = new Set<string>();

  constructor(
    private readonly stored: ReadonlyMap<string, StoredWeight>,
    /** File, for messages. */
    private readonly file: string,
    leanFrom = LEAN_FROM,
  ) {
    let bytes = 0;
    for (const { begin, end } of stored.values()) bytes += end - begin;
    this.#lean = bytes > leanFrom;
  }

  has(name: string): boolean {
    return this.stored.has(name);
  }

  /** The dtype that most bytes are stored in. */
  dtype(): string {
    const counts = new Map<string, number>();
    for (const { dtype, begin, end } of this.stored.values()) counts.set(dtype, (counts.get(dtype) ?? 0) + end - begin);
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'F32';
  }

  /**
   * Reads the values of everything that was taken.
   * @param checkpoint called between the pieces with the part that is read; may throw to cancel
   * @throws ExplorerError 'model-nan' when a tensor holds NaN or ∞, 'model-file' when it can't be read
   */
  fill(checkpoint?: Checkpoint): Promise<void> {
    return fillWeights([...this.#wanted.values()], checkpoint);
  }

  /**
   * @param names the tensor, under any of the names that checkpoints give it (tied weights)
   * @param shape what the config calls for; undefined where a size is free
   * @returns its values once `fill` has been called
   * @throws ExplorerError 'model-shape' when it is missing or of another shape; 'model-file' for a dtype that can't be read
   */
  take(names: string | readonly string[], shape: readonly (number | undefined)[]): Float32Array {
    return this.#take(names, shape, false, false) as Float32Array;
  }

  matrix(names: string | readonly string[], rows: number | undefined, cols: number): Matrix {
    const data = this.take(names, [rows, cols]);
    return matrix(data.length / cols, cols, data);
  }

  /** A matrix that is stored as [rows, cols], turned to [cols, rows]. */
  transposed(name: string, rows: number, cols: number): Matrix {
    return matrix(cols, rows, this.#take(name, [rows, cols], true, false) as Float32Array);
  }

  /** A matrix for `linear` or `embedTokens`: in half precision where the checkpoint is, and is large. */
  weight(names: string | readonly string[], rows: number, cols: number, transposed = false): WeightMatrix {
    const data = this.#take(names, transposed ? [cols, rows] : [rows, cols], transposed, this.#lean);
    if (data instanceof Float32Array) return matrix(rows, cols, data);
    return { rows, cols, kind: this.#kindOf(names), halves: data };
  }

  /** A map as PyTorch's nn.Linear stores it: `.weight` [out, in], `.bias` [out]. */
  linear(name: string, out: number, input: number, bias: 'bias' | 'no bias' | 'maybe' = 'bias'): Linear {
    return { weight: this.weight(`${name}.weight`, out, input), bias: this.bias(name, out, bias) };
  }

  /**
   * A map as GPT-2's Conv1D stores it, [in, out], turned to [out, in]. A bias that is not stored is zero, as
   * transformers has it: old exports dropped whatever ended in `attn.bias`.
   */
  conv1d(name: string, out: number, input: number): Linear {
    return { weight: this.weight(`${name}.weight`, out, input, true), bias: this.bias(name, out, 'maybe') };
  }

  bias(name: string, width: number, bias: 'bias' | 'no bias' | 'maybe'): Float32Array | undefined {
    const has = bias === 'bias' || (bias === 'maybe' && this.has(`${name}.bias`));
    return has ? this.take(`${name}.bias`, [width]) : undefined;
  }

  layerNorm(name: string, width: number, epsilon = 1e-5, bias: 'bias' | 'maybe' = 'bias'): Norm {
    return {
      kind: 'layer',
      weight: this.take(`${name}.weight`, [width]),
      bias: this.bias(name, width, bias),
      epsilon,
    };
  }

  rmsNorm(name: string, width: number, epsilon: number): Norm {
    return { kind: 'rms', weight: this.take(`${name}.weight`, [width]), bias: undefined, epsilon };
  }

  #take(
    names: string | readonly string[],
    shape: readonly (number | undefined)[],
    transposed: boolean,
    stayHalf: boolean,
  ): Float32Array | Uint16Array {
    const name = this.#name(names);
    const expected = `[${shape.map((size) => size ?? 'any').join(', ')}]`;
    const stored = name === undefined ? undefined : this.stored.get(name);
    if (name === undefined || stored === undefined) {
      throw this.#wrong((typeof names === 'string' ? [names] : names.slice(0, 3)).join(' or '), expected, 'nothing');
    }
    if (
      stored.shape.length !== shape.length ||
      shape.some((size, i) => size !== undefined && size !== stored.shape[i])
    ) {
      throw this.#wrong(name, expected, `[${stored.shape.join(', ')}]`);
    }
    const size = floatBytes(stored.dtype, `${name} in ${this.file}`);
    const half = stayHalf && size === 2;
    const key = [name, half ? 'half' : 'wide', transposed ? 'transposed' : 'plain'].join(' ');
    const known = this.#wanted.get(key);
    if (known !== undefined) return known.into;
    const count = (stored.end - stored.begin) / size;
    const into = this.#allocate(count, half, name);
    this.#wanted.set(key, { name, stored, into, rows: transposed ? stored.shape[0] : undefined });
    if (!this.#counted.has(name)) this.parameters += count;
    this.#counted.add(name);
    return into;
  }

  /** The name that the checkpoint has a tensor under. */
  #name(names: string | readonly string[]): string | undefined {
    return typeof names === 'string' ? names : (names.find((alias) => this.stored.has(alias)) ?? undefined);
  }

  #kindOf(names: string | readonly string[]): HalfKind {
    return this.stored.get(this.#name(names) ?? '')?.dtype === 'BF16' ? 'BF16' : 'F16';
  }

  #allocate(count: number, half: boolean, name: string): Float32Array | Uint16Array {
    try {
      return half ? new Uint16Array(count) : new Float32Array(count);
    } catch {
      throw new ExplorerError(
        'model-file',
        `${this.file} needs more memory than there is: ${name} alone has ${count} values. Close other models, or choose a smaller checkpoint.`,
        { file: this.file, tensor: name, count },
      );
    }
  }

  #wrong(tensor: string, expected: string, found: string): ExplorerError {
    return new ExplorerError(
      'model-shape',
      `${this.file}: tensor ${tensor} should have shape ${expected} by config.json, found ${found}. ` +
        'Use the config.json and the weights of the same checkpoint.',
      { file: this.file, tensor, expected, found },
    );
  }
}
