import { type Matrix, matrix } from '../tensor/matrix.ts';

/**
 * Sinusoidal positions, sines in the first half of the columns, cosines in the second.
 * @param style 'marian': frequencies 10000^(−2i/D) (Marian, Pegasus);
 *   'fairseq': 10000^(−i/(D/2 − 1)) (M2M-100)
 * @returns [count, width]
 * Source: transformers, MarianSinusoidalPositionalEmbedding and M2M100SinusoidalPositionalEmbedding.
 */
export function sinusoidalPositions(count: number, width: number, style: 'marian' | 'fairseq'): Matrix {
  const out = matrix(count, width);
  const half = style === 'marian' ? Math.ceil(width / 2) : Math.floor(width / 2);
  const wavelengths = Float64Array.from(
    { length: half },
    (_, i) => 10000 ** (style === 'marian' ? (2 * i) / width : i / (half - 1)),
  );
  for (let p = 0; p < count; p++) {
    for (let i = 0; i < half; i++) {
      const angle = p / wavelengths[i];
      out.data[p * width + i] = Math.sin(angle);
      if (half + i < width) out.data[p * width + half + i] = Math.cos(angle);
    }
  }
  return out;
}
