import { type Matrix, matrix } from '../../tensor/matrix.ts';
import { Fourier } from './fourier.ts';
import { melFilters } from './mel-filters.ts';

/** How a model's feature extractor cuts a sound into frames (preprocessor_config.json). */
export interface LogMelOptions {
  /** Samples a second, Hz. */
  readonly rate: number;
  /** Samples of one window, and from one window to the next. */
  readonly window: number;
  readonly hop: number;
  readonly mels: number;
  /** Frames wanted: the sound is cut, or silence put after it. */
  readonly frames: number;
}

const FLOOR = 1e-10;
/** What lies this far below the loudest counts as silence, in powers of ten. */
const RANGE = 8;
/** Frames between two calls of the checkpoint. */
const STRETCH = 200;

/**
 * Log-mel spectrogram as Whisper takes it: power in mel bands under a Hann window, log₁₀, at most 8 below the
 * loudest, (x + 4) / 4. The ends are mirrored. Source: Radford et al. 2022, section 2.2.
 * @param samples at the wanted rate    @param checkpoint called between stretches of frames; throws to cancel
 * @returns [mels, frames]
 */
export async function logMel(
  samples: Float32Array,
  { rate, window, hop, mels, frames }: LogMelOptions,
  checkpoint: (done: number) => void | Promise<void> = () => {},
): Promise<Matrix> {
  const length = frames * hop;
  const at = (i: number) => (i < samples.length ? samples[i] : 0);
  // Mirrored about either end, without repeating the end itself.
  const mirrored = (i: number) => at(i < 0 ? -i : i >= length ? 2 * (length - 1) - i : i);
  const hann = Float64Array.from({ length: window }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / window));
  const fourier = new Fourier(window);
  const bins = Math.floor(window / 2) + 1;
  const filters = bands(melFilters(mels, bins, rate), mels, bins);
  const out = matrix(mels, frames);
  const framed = new Float64Array(window);
  const power = new Float64Array(bins);
  let loudest = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < frames; t++) {
    if (t % STRETCH === 0) await checkpoint(t / frames);
    for (let i = 0; i < window; i++) framed[i] = mirrored(t * hop + i - Math.floor(window / 2)) * hann[i];
    const { re, im } = fourier.transform(framed);
    for (let bin = 0; bin < bins; bin++) power[bin] = re[bin] ** 2 + im[bin] ** 2;
    for (let m = 0; m < mels; m++) {
      const { from, weights } = filters[m];
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * power[from + i];
      const value = Math.log10(Math.max(FLOOR, sum));
      out.data[m * frames + t] = value;
      loudest = Math.max(loudest, value);
    }
  }
  for (let i = 0; i < out.data.length; i++) out.data[i] = (Math.max(out.data[i], loudest - RANGE) + 4) / 4;
  return out;
}

/** Of each filter only the bins where it is not zero. */
function bands(filters: Float64Array, mels: number, bins: number) {
  return Array.from({ length: mels }, (_, m) => {
    const row = filters.subarray(m * bins, (m + 1) * bins);
    const from = Math.max(
      0,
      row.findIndex((weight) => weight > 0),
    );
    const to = row.findLastIndex((weight) => weight > 0) + 1;
    return { from, weights: row.slice(from, Math.max(from, to)) };
  });
}
