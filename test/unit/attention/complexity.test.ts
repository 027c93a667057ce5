import { describe, expect, it } from 'vitest';
import { layerComplexity, modelComplexity } from '../../../src/attention/complexity.ts';
import { methodComplexity } from '../../../src/attention/method-complexity.ts';
import { attendHeads } from '../../../src/attention/multi-head.ts';
import { fullAttention } from '../../../src/attention/patterns/full-attention.ts';
import { linearAttention } from '../../../src/attention/patterns/linear-attention.ts';
import { streamingAttention } from '../../../src/attention/patterns/streaming-attention.ts';
import { windowAttention } from '../../../src/attention/patterns/window-attention.ts';
import { query } from '../../../src/attention/query.ts';
import { linear } from '../../../src/tensor/linear.ts';
import { matrix } from '../../../src/tensor/matrix.ts';
import { countOperations } from '../../../src/tensor/operation-count.ts';
import type { Linear } from '../../../src/tensor/parameters.ts';
import { fitExponent } from '../../../webview/complexity/cost-curves.ts';

const shape = { targets: 8, sources: 9, width: 192, heads: 6, headWidth: 32 };

describe('complexity', () => {
  it('of a layer of 8 over 9 tokens, worked out by hand', () => {
    const costs = layerComplexity(shape);
    expect(costs.query).toEqual({ multiplyAdds: 958_464, bytes: 19_968 });
    expect(costs.match).toEqual({ multiplyAdds: 13_824, bytes: 1_728 });
    expect(costs.combine).toEqual({ multiplyAdds: 308_736, bytes: 6_144 });
  });

  it.each([
    shape,
    { targets: 5, sources: 5, width: 12, heads: 3, headWidth: 4 },
    { targets: 1, sources: 7, width: 10, heads: 2, headWidth: 3 },
  ])('is what the core counts: %o', ({ targets, sources, width, heads, headWidth }) => {
    const inner = heads * headWidth;
    const weights = (rows: number, cols: number): Linear => ({
      weight: matrix(rows, cols),
      bias: new Float32Array(rows),
    });
    const [x, memory] = [matrix(targets, width), matrix(sources, width)];
    const costs = layerComplexity({ targets, sources, width, heads, headWidth });
    let qkv = { q: x, k: x, v: x };
    const projection = countOperations(() => {
      qkv = query(x, memory, {
        query: weights(inner, width),
        key: weights(inner, width),
        value: weights(inner, width),
      });
    });
    expect(projection.multiplications).toBe(costs.query.multiplyAdds);
    const rest = countOperations(() => {
      const options = { heads, divisor: 1, causal: false, bias: undefined };
      linear(attendHeads(qkv.q, qkv.k, qkv.v, options), weights(width, inner));
    });
    expect(rest.multiplications).toBe(costs.match.multiplyAdds + costs.combine.multiplyAdds);
  });

  it('of each method is what its code counts', () => {
    const one = { targets: 100, sources: 100, width: 8, heads: 1, headWidth: 8 };
    const q = matrix(100, 8);
    const counted = (work: () => void) => countOperations(work).multiplications;
    expect(counted(() => fullAttention(q, q, q))).toBe(methodComplexity('full', one).multiplyAdds);
    expect(counted(() => streamingAttention(q, q, q))).toBe(methodComplexity('streaming', one).multiplyAdds);
    expect(counted(() => linearAttention(q, q, q))).toBe(methodComplexity('linear', one).multiplyAdds);
    // The formula bounds the window's work from above: at both ends of the text the window is cut.
    const window = counted(() => windowAttention(q, q, q));
    expect(window).toBe(methodComplexity('window', one).multiplyAdds - 2 * 8 * 2 * ((32 * 33) / 2));
  });

  it('square and rectangular agree where S = T', () => {
    const square = { ...shape, sources: 8 };
    expect(methodComplexity('cross', square)).toEqual(methodComplexity('full', square));
  });

  it('of a whole model adds its layers up', () => {
    const model = {
      encoderLayers: 3,
      decoderLayers: 2,
      encoderHeads: 6,
      decoderHeads: 6,
      width: 192,
      headWidth: 32,
      encoderFeedForward: 768,
      decoderFeedForward: 512,
      vocabulary: 8000,
    };
    const parts = Object.fromEntries(modelComplexity(model, 8, 9).map((part) => [part.part, part.multiplyAdds]));
    expect(parts.cross).toBe(2 * 1_281_024);
    expect(parts.feedForward).toBe(2 * 192 * (3 * 9 * 768 + 2 * 8 * 512));
    expect(parts.output).toBe(8 * 192 * 8000);
  });

  it('exponents are read off a ladder; nothing is made of one point', () => {
    const fit = fitExponent([16, 64, 256].map((x) => ({ x, y: 3 * x ** 1.9 })))!;
    expect(fit.exponent).toBeCloseTo(1.9, 10);
    expect(fit.factor).toBeCloseTo(3, 8);
    expect(fitExponent([{ x: 4, y: 2 }])).toBeUndefined();
    expect(
      fitExponent([
        { x: 4, y: 2 },
        { x: 4, y: 3 },
      ]),
    ).toBeUndefined();
  });
});
