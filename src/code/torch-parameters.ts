import { type LayerParameters, layerParameters } from '../attention/complexity.ts';
import type { TorchLayer } from './finding.ts';

/** What nn.MultiheadAttention learns; with add_bias_kv one key and one value of E numbers more, counted as biases. */
export function torchParameters({ sizes, biases, learnedKey }: TorchLayer): LayerParameters | undefined {
  if (!sizes) return undefined;
  const plain = layerParameters(sizes, biases);
  const more = learnedKey ? 2 * sizes.width : 0;
  return { ...plain, biases: plain.biases + more, total: plain.total + more };
}
