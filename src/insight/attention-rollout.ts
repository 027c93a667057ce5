import type { AttentionRecord, AttentionRecords } from '../attention/attention-record.ts';
import type { AttentionKind, ViewState } from '../contract/view-state.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';
import { meanWeights, selectedHeads } from './state-selection.ts';

/** The heads of all layers are the same work for every query, phase and head that is looked at next. */
const kept = new WeakMap<AttentionRecords, Map<string, Matrix>>();

/**
 * Attention rollout: how much of each input token would have reached each position, if a layer did nothing but mix
 * positions by the mean of its heads' weights, half of it new and half of it carried on by the residual connection.
 *
 *   self-attention:   R(l) = Â(l)·…·Â(0),  Â = ½·A_mean + ½·I;  rows sum to 1, and a causal one stays causal
 *   cross-attention:  A_mean(l) · R_encoder, through all layers of the encoder
 *
 * The one of cross-attention is of the chosen layer alone: it leaves out the decoder's residual connection, its
 * self-attention and the layers before. No rollout knows of values, W_O or feed-forward layers. The head that is
 * chosen makes no difference; layer 'mean' means through all layers (cross: the mean of all layers' weights).
 * @returns [T, S]; kept with the pass: not to be changed
 * Cost: 2·S³ operations a layer. Source: Abnar and Zuidema 2020, "Quantifying Attention Flow in Transformers", 3.
 */
export function attentionRollout(pass: AttentionRecords, kind: AttentionKind, layer: ViewState['layer']): Matrix {
  const rollouts = kept.get(pass) ?? new Map<string, Matrix>();
  kept.set(pass, rollouts);
  const name = `${kind} ${layer}`;
  const rolled = rollouts.get(name) ?? rollout(pass, kind, layer);
  rollouts.set(name, rolled);
  return rolled;
}

function rollout(pass: AttentionRecords, kind: AttentionKind, layer: ViewState['layer']): Matrix {
  if (kind === 'cross') {
    return matmul(meanWeights(selectedHeads(pass.cross, { layer, head: 'mean' })), selfRollout(pass.encoder));
  }
  return selfRollout(layer === 'mean' ? pass[kind] : pass[kind].slice(0, layer + 1));
}

function selfRollout(records: readonly AttentionRecord[]): Matrix {
  let rolled: Matrix | undefined;
  for (const record of records) {
    const mixed = meanWeights(selectedHeads([record], { layer: 0, head: 'mean' }));
    const { rows, cols } = mixed;
    const layer = matrix(rows, cols);
    for (let i = 0; i < layer.data.length; i++) layer.data[i] = mixed.data[i] / 2;
    for (let t = 0; t < rows; t++) layer.data[t * cols + t] += 0.5;
    rolled = rolled === undefined ? layer : matmul(layer, rolled);
  }
  return rolled!;
}
