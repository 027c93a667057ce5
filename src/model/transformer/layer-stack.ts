import { type AttentionOptions, attentionInBlocks } from '../../attention/attention.ts';
import type { AttentionRecord } from '../../attention/attention-record.ts';
import { drainWithPauses } from '../../base/scheduling.ts';
import type { Matrix } from '../../tensor/matrix.ts';
import { normalize } from '../../tensor/normalize.ts';
import type { Intervention } from '../model.ts';
import type { AttentionBlock, Stack } from './network.ts';
import { addResidual, feedForwardInBlocks, relativeBias, sublayerInput } from './sublayers.ts';

/** Pauses after which half of the layer is told as done: how many come is not known. */
const PAUSES = 16;

type Options = Pick<AttentionOptions, 'causal' | 'bias' | 'padding' | 'change'>;

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
    const pause = () => step?.(index + ++pauses / (pauses + PAUSES));
    const attend = async (block: AttentionBlock, asked: Matrix | undefined, options: Options) => {
      const { weights, heads, divisor, norm } = block;
      const input = sublayerInput(stack, state, norm);
      const steps = attentionInBlocks(input, asked ?? input, weights, { heads, divisor, ...options });
      const record = await drainWithPauses(steps, pause);
      state = addResidual(stack, state, norm, record.output);
      return record;
    };
    await step?.(index);
    const own = { causal: stack.causal, bias, padding: padding.self, change: intervention?.(side, index) };
    self.push(await attend(layer.self, undefined, own));
    if (layer.cross !== undefined && memory !== undefined) {
      const options = { padding: padding.memory, change: intervention?.('cross', index) };
      cross.push(await attend(layer.cross, memory, options));
    }
    const input = sublayerInput(stack, state, layer.feedForwardNorm);
    const output = await drainWithPauses(feedForwardInBlocks(input, layer.feedForward), pause);
    state = addResidual(stack, state, layer.feedForwardNorm, output);
  }
  return { output: stack.finalNorm === undefined ? state : normalize(state, stack.finalNorm), self, cross };
}
