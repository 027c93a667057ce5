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
export function melFilters(mels: number, bins: number, rate: number): Float64Array {
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
