import { attentionInBlocks } from '../../attention/attention.ts';
import type { AttentionRecord } from '../../attention/attention-record.ts';
import type { Matrix } from '../../tensor/matrix.ts';
import { normalize } from '../../tensor/normalize.ts';
import type { Norm } from '../../tensor/parameters.ts';
import type { Intervention } from '../model.ts';
import type { Stack } from './network.ts';
import { entering, feedForwardInBlocks, leaving, relativeBias } from './sublayers.ts';

/** Pauses after which half of the layer is told as done: how many come is not known. */
const PAUSES = 16;

/**
 * All layers of an encoder or a decoder.
 * @param x embedded input [T, D]    @param memory the encoder's output [S, D], for cross-attention
 * @param step called before each layer with its number, and in long ones in between with a fraction; may throw to cancel
 * @param intervention what its attention layers do differently
 * @param padding positions of x and of memory that nobody may attend to
 * @returns the last states [T, D], and what each attention was given
 */
export async function runStack(
  stack: Stack,
  x: Matrix,
  memory: Matrix | undefined,
  step?: (layer: number) => void | Promise<void>,
  intervention?: Intervention,
  padding: { readonly self?: Uint8Array; readonly memory?: Uint8Array } = {},
): Promise<{ output: Matrix; self: AttentionRecord[]; cross: AttentionRecord[] }> {
  const self: AttentionRecord[] = [];
  const cross: AttentionRecord[] = [];
  const bias = stack.relativeBias && relativeBias(stack.relativeBias, x.rows, x.rows);
  const side = stack.causal ? 'decoder' : 'encoder';
  let state = stack.embeddingNorm === undefined ? x : normalize(x, stack.embeddingNorm);
  for (const [index, layer] of stack.layers.entries()) {
    // Long texts pause within a layer, too.
    let pauses = 0;
    const pausing = async <T>(steps: Generator<undefined, T, undefined>): Promise<T> => {
      for (;;) {
        const one = steps.next();
        if (one.done) return one.value;
        await step?.(index + ++pauses / (pauses + PAUSES));
      }
    };
    await step?.(index);
    const { weights, heads, divisor } = layer.self;
    state = await residual(stack, state, layer.self.norm, async (input) => {
      const options = { heads, divisor, causal: stack.causal, bias, padding: padding.self };
      const change = intervention?.(side, index);
      const record = await pausing(attentionInBlocks(input, input, weights, { ...options, change }));
      self.push(record);
      return record.output;
    });
    const { cross: asking } = layer;
    if (asking !== undefined && memory !== undefined) {
      state = await residual(stack, state, asking.norm, async (input) => {
        const options = { heads: asking.heads, divisor: asking.divisor, padding: padding.memory };
        const change = intervention?.('cross', index);
        const record = await pausing(attentionInBlocks(input, memory, asking.weights, { ...options, change }));
        cross.push(record);
        return record.output;
      });
    }
    state = await residual(stack, state, layer.feedForwardNorm, (input) =>
      pausing(feedForwardInBlocks(input, layer.feedForward)),
    );
  }
  return { output: stack.finalNorm === undefined ? state : normalize(state, stack.finalNorm), self, cross };
}

async function residual(stack: Stack, x: Matrix, norm: Norm, f: (input: Matrix) => Promise<Matrix>): Promise<Matrix> {
  return leaving(stack, x, norm, await f(entering(stack, x, norm)));
}
