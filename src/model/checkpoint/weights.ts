import { ExplorerError, type Message, message } from '../../contract/error.ts';
import { type DeferredMatrix, transposedWeight } from '../../tensor/deferred-matrix.ts';
import type { Float16Matrix } from '../../tensor/half-precision.ts';
import { type Matrix, matrix } from '../../tensor/matrix.ts';
import type { Linear, Norm, WeightMatrix } from '../../tensor/parameters.ts';
import type { WeightMemory } from '../../tensor/weight-memory.ts';
import type { Checkpoint } from '../model.ts';
import type { StoredWeight } from './stored-weights.ts';
import { floatBytes } from './tensor-values.ts';
import { fillWeights, prefaultMemory, type RequestedWeight, tooLarge } from './weight-reader.ts';

/** A tensor of the shape that was asked for; `size` are the bytes of a value. */
interface FoundWeight {
  readonly name: string;
  readonly stored: StoredWeight;
  readonly size: number;
  readonly count: number;
}

export interface WeightOptions {
  /** Bytes of weights from which on half-precision ones stay as they are stored. */
  readonly leanFrom?: number;
  /** Where half-precision weights are read to; arrays of their own where left out. */
  readonly memory?: WeightMemory;
}

/**
 * Bytes of weights from which on they are upcast as they are used. Below, upcasting them once costs little memory, and
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
  readonly #memory: WeightMemory | undefined;
  readonly #wanted = new Map<string, RequestedWeight>();
  readonly #counted = new Set<string>();

  constructor(
    private readonly stored: ReadonlyMap<string, StoredWeight>,
    /** File, for messages. */
    private readonly file: string,
    { leanFrom = LEAN_FROM, memory }: WeightOptions = {},
  ) {
    this.#memory = memory;
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

  /** Prepares memory for what was taken, on other threads; see prefaultMemory. */
  prefault(signal: AbortSignal): Promise<void> {
    return prefaultMemory([...this.#wanted.values()], this.#memory, signal);
  }

  /**
   * Reads the values of everything that was taken.
   * @param checkpoint called between the pieces with the part that is read; may throw to cancel
   * @throws ExplorerError 'model-nan' when a tensor holds NaN or ∞, 'model-file' when it can't be read
   */
  fill(checkpoint?: Checkpoint): Promise<void> {
    return fillWeights([...this.#wanted.values()], this.#memory, checkpoint);
  }

  /**
   * @param names the tensor, under any of the names that checkpoints give it (tied weights)
   * @param shape what the config calls for; undefined where a size is free
   * @returns its values once `fill` has been called
   * @throws ExplorerError 'model-shape' when it is missing or of another shape; 'model-file' for a dtype that can't be read
   */
  take(names: string | readonly string[], shape: readonly (number | undefined)[]): Float32Array {
    return this.#wide(this.#find(names, shape), false);
  }

  matrix(names: string | readonly string[], rows: number | undefined, cols: number): Matrix {
    const data = this.take(names, [rows, cols]);
    return matrix(data.length / cols, cols, data);
  }

  /** A matrix that is stored as [rows, cols], as [cols, rows]: used as it is stored, transposed where its values are read. */
  transposed(name: string, rows: number, cols: number): DeferredMatrix {
    return transposedWeight(this.weight(name, rows, cols));
  }

  /** A matrix for `linear` or `embedTokens`: in half precision where the checkpoint is, and is large. */
  weight(names: string | readonly string[], rows: number, cols: number): WeightMatrix {
    const found = this.#find(names, [rows, cols]);
    return this.#lean && found.size === 2
      ? this.#half(found, rows, cols, false)
      : matrix(rows, cols, this.#wide(found, false));
  }

  /** A map as PyTorch's nn.Linear stores it: `.weight` [out, in], `.bias` [out]. */
  linear(name: string, out: number, input: number, bias: 'bias' | 'no bias' | 'maybe' = 'bias'): Linear {
    return { weight: this.weight(`${name}.weight`, out, input), bias: this.bias(name, out, bias) };
  }

  /**
   * A map as GPT-2's Conv1D stores it, [in, out], transposed to [out, in]. A bias that is not stored is zero, as
   * transformers has it: old exports dropped whatever ended in `attn.bias`.
   */
  conv1d(name: string, out: number, input: number): Linear {
    const found = this.#find(`${name}.weight`, [input, out]);
    const half = this.#lean && found.size === 2;
    const weight = half ? this.#half(found, out, input, true) : matrix(out, input, this.#wide(found, true));
    return { weight, bias: this.bias(name, out, 'maybe') };
  }

  /** The same, always upcast: maps that are cut into several. */
  wideConv1d(name: string, out: number, input: number): Linear & { readonly weight: Matrix } {
    const weight = matrix(out, input, this.#wide(this.#find(`${name}.weight`, [input, out]), true));
    return { weight, bias: this.bias(name, out, 'maybe') };
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

  /** The tensor that is meant, and how many values of how many bytes it has. */
  #find(names: string | readonly string[], shape: readonly (number | undefined)[]): FoundWeight {
    const aliases = typeof names === 'string' ? [names] : names;
    const name = aliases.find((alias) => this.stored.has(alias));
    const expected = `[${shape.map((size) => size ?? 'any').join(', ')}]`;
    if (name === undefined) throw this.#wrong(aliases.slice(0, 3).join(' or '), expected, message('nothing'));
    const stored = this.stored.get(name)!;
    if (
      stored.shape.length !== shape.length ||
      shape.some((size, i) => size !== undefined && size !== stored.shape[i])
    ) {
      throw this.#wrong(name, expected, `[${stored.shape.join(', ')}]`);
    }
    const size = floatBytes(stored.dtype, `${name} in ${this.file}`);
    const count = (stored.end - stored.begin) / size;
    if (!this.#counted.has(name)) this.parameters += count;
    this.#counted.add(name);
    return { name, stored, size, count };
  }

  #wide({ name, stored, count }: FoundWeight, transposed: boolean): Float32Array {
    const key = `${name} ${transposed ? 'transposed' : 'plain'}`;
    const known = this.#wanted.get(key)?.into;
    if (known instanceof Float32Array) return known;
    let into: Float32Array;
    try {
      into = new Float32Array(count);
    } catch {
      throw tooLarge(name, this.file, count);
    }
    this.#wanted.set(key, { name, stored, into, rows: transposed ? stored.shape[0] : undefined });
    return into;
  }

  #half({ name, stored }: FoundWeight, rows: number, cols: number, transposed: boolean): Float16Matrix {
    const key = `${name} half ${transposed ? 'transposed' : 'plain'}`;
    const known = this.#wanted.get(key)?.into;
    if (known !== undefined && !(known instanceof Float32Array)) return known;
    const into: Float16Matrix = {
      rows,
      cols,
      kind: stored.dtype === 'BF16' ? 'BF16' : 'F16',
      float16: new Uint16Array(),
    };
    this.#wanted.set(key, { name, stored, into, rows: transposed ? stored.shape[0] : undefined });
    return into;
  }

  #wrong(tensor: string, expected: string, found: string | Message): ExplorerError {
    return new ExplorerError(
      'model-shape',
      '{file}: tensor {tensor} should have shape {expected} by config.json, found {found}. ' +
        'Use the config.json and the weights of the same checkpoint.',
      { file: this.file, tensor, expected, found },
    );
  }
}
