import type { ViewState } from '../contract/view-state.ts';
import type { Intervention } from '../model/model.ts';

/**
 * A state's what-if as what attention layers do differently: its mask in every layer and head of the state's kind, its
 * forced row in the layer and head that the state shows (in all of them where it shows a mean).
 * @param size heads and keys of the state's kind    @returns undefined where the state has no what-if
 */
export function interventionOf(
  { kind, layer, head, whatIf }: ViewState,
  size: { readonly heads: number; readonly keys: number },
): Intervention | undefined {
  if (whatIf === undefined) return undefined;
  const { mask, force } = whatIf;
  const hidden = mask.length === 0 ? undefined : new Uint8Array(size.keys);
  for (const key of mask) hidden![key] = 1;
  const heads = head === 'mean' ? Array.from({ length: size.heads }, (_, i) => i) : [head];
  const forced = force && { heads, query: force.query, keys: force.keys };
  return (where, at) => {
    if (where !== kind) return undefined;
    const here = layer === 'mean' || layer === at ? forced : undefined;
    return hidden || here ? { hidden, forced: here } : undefined;
  };
}
