import { type Matrix, matrix } from '../../tensor/matrix.ts';
import { Fourier } from './fourier.ts';

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

/** Below this the mel scale is linear, above it logarithmic (Slaney's Auditory Toolbox, as librosa has it). */
const BREAK_HZ = 1000;
const HZ_PER_MEL = 200 / 3;
const BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

/**
 * Triangles that overlap by half, evenly spaced in mel, each of the same area.
 * @param mels how many    @param bins n/2 + 1 of the Fourier transform    @param rate samples a second, Hz
 * @returns [mels, bins], row-major
 */
function melFilters(mels: number, bins: number, rate: number): Float64Array {
  const edges = Array.from({ length: mels + 2 }, (_, i) => toHz((toMel(rate / 2) * i) / (mels + 1)));
  const filters = new Float64Array(mels * bins);
  for (let m = 0; m < mels; m++) {
    const [low, centre, high] = [edges[m], edges[m + 1], edges[m + 2]];
    for (let bin = 0; bin < bins; bin++) {
      const hz = (bin * rate) / (2 * (bins - 1));
      const height = Math.min((hz - low) / (centre - low), (high - hz) / (high - centre));
      filters[m * bins + bin] = (Math.max(0, height) * 2) / (high - low);
    }
  }
  return filters;
}

function toMel(hz: number): number {
  return hz < BREAK_HZ ? hz / HZ_PER_MEL : BREAK_MEL + Math.log(hz / BREAK_HZ) / LOG_STEP;
}

function toHz(mel: number): number {
  return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
}
