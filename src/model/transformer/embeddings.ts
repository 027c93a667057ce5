import { ExplorerError } from '../../contract/error.ts';
import { upcast } from '../../tensor/half-precision.ts';
import { storedFloat16 } from '../../tensor/half-precision-product.ts';
import { type Matrix, matrix } from '../../tensor/matrix.ts';
import type { WeightMatrix } from '../../tensor/parameters.ts';

export interface TokenEmbedding {
  /** [V, D] */
  readonly table: WeightMatrix;
  /** √D with `scale_embedding`, else 1. */
  readonly scale: number;
  /** [positions, D]; undefined where the family has none (T5). */
  readonly positions: Matrix | undefined;
  /** Row of `positions` of the first token: 2 in BART and its kin. */
  readonly offset: number;
  /** Token that stands at no position and does not move the others on (M2M-100); its row is `offset − 1`. */
  readonly unplaced?: number;
  /** Added to every token (BERT's first segment), [D]. */
  readonly segment?: Float32Array;
}

/**
 * Token vectors with their positions.
 * @param past tokens that came before (in a cache)
 * @returns [T, D]
 * @throws ExplorerError 'text-too-long' past the last position, 'tokenizer-mismatch' for an id outside the vocabulary
 */
export function embedTokens(embedding: TokenEmbedding, ids: readonly number[], past: number): Matrix {
  const { table, scale, positions, offset, unplaced, segment } = embedding;
  const width = table.cols;
  const out = matrix(ids.length, width);
  let position = past + offset;
  for (const [t, id] of ids.entries()) {
    if (!Number.isInteger(id) || id < 0 || id >= table.rows) {
      throw new ExplorerError(
        'tokenizer-mismatch',
        "Token id {id} is outside the model's vocabulary of {vocabulary}. Use the tokenizer of the same checkpoint.",
        { id, vocabulary: table.rows },
      );
    }
    const row = id === unplaced ? offset - 1 : position++;
    if (positions !== undefined && row >= positions.rows) {
      const most = positions.rows - offset;
      throw new ExplorerError(
        'text-too-long',
        '{tokens} tokens are more than the {positions} positions of the model. Select a shorter text.',
        { tokens: past + ids.length, positions: most },
      );
    }
    const token = out.data.subarray(t * width, (t + 1) * width);
    if (table.kind !== undefined) upcast(storedFloat16(table, id, id + 1), table.kind, token);
    else token.set(table.data.subarray(id * width, (id + 1) * width));
    for (let j = 0; j < width; j++) {
      token[j] =
        token[j] * scale +
        (positions === undefined ? 0 : positions.data[row * width + j]) +
        (segment === undefined ? 0 : segment[j]);
    }
  }
  return out;
}

/** Ids out of an input that may be features. @throws ExplorerError 'model-family' when it is features */
export function tokenIds(input: readonly number[] | { readonly shape: readonly number[] }): readonly number[] {
  if ('shape' in input) throw new ExplorerError('model-family', 'This model reads text, not sound or pictures.');
  return input;
}

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
