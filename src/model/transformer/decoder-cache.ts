import { projectOutput } from '../../attention/attention.ts';
import type { DistanceBias } from '../../attention/distance-bias.ts';
import { attendHeads } from '../../attention/multi-head.ts';
import { linear } from '../../tensor/linear.ts';
import { type Matrix, matrix, rows } from '../../tensor/matrix.ts';
import { normalize } from '../../tensor/normalize.ts';
import type { AttentionBlock, Stack } from './network.ts';
import { addResidual, feedForward, relativeBias, sublayerInput } from './sublayers.ts';

/** Keys and values of the source in one layer, [S, H·d] each. */
interface SourceMemory {
  readonly k: Matrix;
  readonly v: Matrix;
}

/**
 * Keys and values of what a decoder has read so far, for several hypotheses at once, so that each step costs one
 * token. The keys and values of the source are computed once and shared.
 */
export class DecoderCache {
  #past = 0;
  /** [layer][hypothesis], each [capacity, H·d]; what lies past `#past` rows is not read. */
  #keys: Matrix[][];
  #values: Matrix[][];
  readonly #memory: (SourceMemory | undefined)[];

  /**
   * @param memory the encoder's output [S, D]    @param capacity most tokens that will be read
   * @param padding 1 at positions of the source that nobody may attend to, [S]
   */
  constructor(
    private readonly stack: Stack,
    memory: Matrix | undefined,
    private readonly hypotheses: number,
    private readonly capacity: number,
    private readonly padding?: Uint8Array,
  ) {
    const empty = (width: number) => Array.from({ length: hypotheses }, () => matrix(capacity, width));
    this.#keys = stack.layers.map(({ self }) => empty(self.weights.key.weight.rows));
    this.#values = stack.layers.map(({ self }) => empty(self.weights.value.weight.rows));
    this.#memory = stack.layers.map(({ cross }) =>
      cross === undefined || memory === undefined
        ? undefined
        : { k: linear(memory, cross.weights.key), v: linear(memory, cross.weights.value) },
    );
  }

  /**
   * Reads one more token of each hypothesis.
   * @returns states that enter the output layer, [hypotheses, D]
   */
  step(ids: readonly number[]): Matrix {
    if (this.#past >= this.capacity) throw new RangeError(`DecoderCache: more than ${this.capacity} tokens`);
    const { stack } = this;
    const bias = stack.relativeBias && relativeBias(stack.relativeBias, 1, this.#past + 1);
    let state = stackRows(ids.map((id) => stack.embed([id], this.#past)));
    if (stack.embeddingNorm !== undefined) state = normalize(state, stack.embeddingNorm);
    for (const [index, layer] of stack.layers.entries()) {
      const { self, cross, feedForwardNorm } = layer;
      const input = sublayerInput(stack, state, self.norm);
      state = addResidual(stack, state, self.norm, this.#attendPast(input, index, self, bias));
      const memory = this.#memory[index];
      if (cross !== undefined && memory !== undefined) {
        const asking = sublayerInput(stack, state, cross.norm);
        state = addResidual(stack, state, cross.norm, this.#attendSource(asking, memory, cross));
      }
      const hidden = sublayerInput(stack, state, feedForwardNorm);
      state = addResidual(stack, state, feedForwardNorm, feedForward(hidden, layer.feedForward));
    }
    this.#past++;
    return stack.finalNorm === undefined ? state : normalize(state, stack.finalNorm);
  }

  /** Hypothesis i goes on from what hypothesis from[i] has read. */
  reorder(from: readonly number[]): void {
    if (from.every((one, i) => one === i)) return;
    const copy = (layers: Matrix[][]) =>
      layers.map((kept) =>
        from.map((one) => {
          const { rows, cols, data } = kept[one];
          const out = matrix(rows, cols);
          out.data.set(data.subarray(0, this.#past * cols));
          return out;
        }),
      );
    this.#keys = copy(this.#keys);
    this.#values = copy(this.#values);
  }

  #attendSource(x: Matrix, memory: SourceMemory, { weights, heads, divisor }: AttentionBlock): Matrix {
    const { padding } = this;
    const options = { heads, divisor, causal: false, bias: undefined, padding };
    const context = attendHeads(linear(x, weights.query), memory.k, memory.v, options);
    return projectOutput(context, weights.outputWeight, weights.outputBias);
  }

  #attendPast(
    x: Matrix,
    layer: number,
    { weights, heads, divisor }: AttentionBlock,
    bias: DistanceBias | undefined,
  ): Matrix {
    const q = linear(x, weights.query);
    const k = linear(x, weights.key);
    const v = linear(x, weights.value);
    const contexts = Array.from({ length: this.hypotheses }, (_, i) => {
      const [keys, values] = [this.#keys[layer][i], this.#values[layer][i]];
      keys.data.set(rows(k, i, i + 1).data, this.#past * keys.cols);
      values.data.set(rows(v, i, i + 1).data, this.#past * values.cols);
      const seen = this.#past + 1;
      return attendHeads(rows(q, i, i + 1), rows(keys, 0, seen), rows(values, 0, seen), {
        heads,
        divisor,
        causal: false, // everything in the cache is past
        bias,
      });
    });
    return projectOutput(stackRows(contexts), weights.outputWeight, weights.outputBias);
  }
}

/** Row vectors of one width under each other. */
function stackRows(parts: readonly Matrix[]): Matrix {
  const out = matrix(parts.length, parts[0].cols);
  for (const [i, part] of parts.entries()) out.data.set(part.data, i * part.cols);
  return out;
}
