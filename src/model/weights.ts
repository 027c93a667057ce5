import { ExplorerError } from '../protocol/explorer-error.ts';
import type { Linear } from '../tensor/linear.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import type { Norm } from '../tensor/normalize.ts';
import { transpose } from '../tensor/transpose.ts';
import { decodeFloats } from './decode-tensor.ts';
import type { StoredTensor } from './safetensors.ts';

/** A checkpoint's tensors, taken by name with the shape that the config calls for. */
export class Weights {
  /** Values taken so far: the model's parameters, tied ones once. */
  parameters = 0;
  readonly #decoded = new Map<string, Float32Array>();

  constructor(
    private readonly stored: ReadonlyMap<string, StoredTensor>,
    /** File, for messages. */
    private readonly file: string,
  ) {}

  has(name: string): boolean {
    return this.stored.has(name);
  }

  /** The dtype that most bytes are stored in. */
  dtype(): string {
    const counts = new Map<string, number>();
    for (const { dtype, bytes } of this.stored.values()) counts.set(dtype, (counts.get(dtype) ?? 0) + bytes.length);
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'F32';
  }

  /**
   * @param names the tensor, under any of the names that checkpoints give it (tied weights)
   * @param shape what the config calls for; undefined where a size is free
   * @throws ExplorerError 'model-shape' when it is missing or of another shape; 'model-nan' when it holds NaN or ∞
   */
  take(names: string | readonly string[], shape: readonly (number | undefined)[]): Float32Array {
    const aliases = typeof names === 'string' ? [names] : names;
    const name = aliases.find((alias) => this.stored.has(alias));
    const expected = `[${shape.map((size) => size ?? 'any').join(', ')}]`;
    if (name === undefined) throw this.#wrong(aliases.join(' or '), expected, 'nothing');
    const tensor = this.stored.get(name)!;
    if (
      tensor.shape.length !== shape.length ||
      shape.some((size, i) => size !== undefined && size !== tensor.shape[i])
    ) {
      throw this.#wrong(name, expected, `[${tensor.shape.join(', ')}]`);
    }
    const known = this.#decoded.get(name);
    if (known !== undefined) return known;
    const values = decodeFloats(tensor, `${name} in ${this.file}`);
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) {
        throw new ExplorerError(
          'model-nan',
          `${name} in ${this.file} holds ${values[i]} (at ${i}), so every result would be undefined. ` +
            'Export the checkpoint again, or choose another.',
          { tensor: name, file: this.file, value: String(values[i]) },
        );
      }
    }
    this.parameters += values.length;
    this.#decoded.set(name, values);
    return values;
  }

  matrix(names: string | readonly string[], rows: number | undefined, cols: number): Matrix {
    const data = this.take(names, [rows, cols]);
    return matrix(data.length / cols, cols, data);
  }

  /** A map as PyTorch's nn.Linear stores it: `.weight` [out, in], `.bias` [out]. */
  linear(name: string, out: number, input: number, bias: 'bias' | 'no bias' | 'maybe' = 'bias'): Linear {
    const has = bias === 'bias' || (bias === 'maybe' && this.has(`${name}.bias`));
    return {
      weight: this.matrix(`${name}.weight`, out, input),
      bias: has ? this.take(`${name}.bias`, [out]) : undefined,
    };
  }

  /**
   * A map as GPT-2's Conv1D stores it, [in, out], turned to [out, in]. A bias that is not stored is zero, as
   * transformers has it: old exports dropped whatever ended in `attn.bias`.
   */
  conv1d(name: string, out: number, input: number): Linear {
    return {
      weight: transpose(this.matrix(`${name}.weight`, input, out)),
      bias: this.has(`${name}.bias`) ? this.take(`${name}.bias`, [out]) : undefined,
    };
  }

  layerNorm(name: string, width: number, epsilon = 1e-5, bias: 'bias' | 'maybe' = 'bias'): Norm {
    const has = bias === 'bias' || this.has(`${name}.bias`);
    return {
      kind: 'layer',
      weight: this.take(`${name}.weight`, [width]),
      bias: has ? this.take(`${name}.bias`, [width]) : undefined,
      epsilon,
    };
  }

  rmsNorm(name: string, width: number, epsilon: number): Norm {
    return { kind: 'rms', weight: this.take(`${name}.weight`, [width]), bias: undefined, epsilon };
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
