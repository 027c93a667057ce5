import { attention } from '../attention/attention.ts';
import type { AttentionRecord } from '../attention/attention-record.ts';
import { activate } from '../tensor/activation.ts';
import { add } from '../tensor/add.ts';
import { linear } from '../tensor/linear.ts';
import type { Matrix } from '../tensor/matrix.ts';
import { type Norm, normalize } from '../tensor/normalize.ts';
import type { Intervention } from './model.ts';
import type { FeedForward, Stack } from './network.ts';
import { relativeBias } from './relative-bias.ts';

/**
 * All layers of an encoder or a decoder.
 * @param x embedded input [T, D]    @param memory the encoder's output [S, D], for cross-attention
 * @param step called before each layer with its number; may throw to cancel
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
    await step?.(index);
    state = residual(stack, state, layer.self.norm, (input) => {
      const { weights, heads, divisor } = layer.self;
      const record = attention(input, input, weights, {
        heads,
        divisor,
        causal: stack.causal,
        bias,
        padding: padding.self,
        change: intervention?.(side, index),
      });
      self.push(record);
      return record.output;
    });
    const crossBlock = layer.cross;
    if (crossBlock !== undefined && memory !== undefined) {
      state = residual(stack, state, crossBlock.norm, (input) => {
        const { weights, heads, divisor } = crossBlock;
        const change = intervention?.('cross', index);
        const record = attention(input, memory, weights, { heads, divisor, padding: padding.memory, change });
        cross.push(record);
        return record.output;
      });
    }
    state = residual(stack, state, layer.feedForwardNorm, (input) => feedForward(input, layer.feedForward));
  }
  return { output: stack.finalNorm === undefined ? state : normalize(state, stack.finalNorm), self, cross };
}

/** x + f(norm(x)) or norm(x + f(x)). */
export function residual(stack: Stack, x: Matrix, norm: Norm, f: (input: Matrix) => Matrix): Matrix {
  return stack.normBefore ? add(x, f(normalize(x, norm))) : normalize(add(x, f(x)), norm);
}

export function feedForward(x: Matrix, { activation, inner, gate, outer }: FeedForward): Matrix {
  const hidden = activate(linear(x, inner), activation);
  if (gate !== undefined) {
    const open = linear(x, gate).data;
    for (let i = 0; i < open.length; i++) hidden.data[i] *= open[i];
  }
  return linear(hidden, outer);
}
