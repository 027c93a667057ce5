import type { Sound } from './wav.ts';

/** Zero crossings of the sinc on either side: what is left out lies below −60 dB. */
const CROSSINGS = 16;
/** Places between two samples at which the kernel is known; between them the nearest is taken. */
const PHASES = 512;
/** Samples between two calls of the checkpoint. */
const STRETCH = 16_384;

/**
 * The sound at another rate: band-limited interpolation, a sinc under a Hann window, its values from a table.
 * Source: J. O. Smith, "Digital Audio Resampling", ccrma.stanford.edu/~jos/resample.
 * @param rate samples a second wanted, Hz    @param checkpoint called between stretches; throws to cancel
 */
export async function resample(
  { samples, rate: from }: Sound,
  rate: number,
  checkpoint: () => void | Promise<void> = () => {},
): Promise<Sound> {
  if (from === rate) return { samples, rate };
  const step = from / rate;
  // Down: the filter also keeps out what the new rate can't hold.
  const cutoff = Math.min(1, 1 / step);
  const reach = CROSSINGS / cutoff;
  const table = Float64Array.from({ length: CROSSINGS * PHASES + 1 }, (_, i) => kernel(i / PHASES));
  const scale = cutoff * PHASES;
  const out = new Float32Array(Math.max(1, Math.round(samples.length / step)));
  for (let i = 0; i < out.length; i++) {
    if (i % STRETCH === 0) await checkpoint();
    const centre = i * step;
    let sum = 0;
    let total = 0;
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    for (let j = Math.max(0, Math.ceil(centre - reach)); j <= last; j++) {
      const weight = table[Math.round(Math.abs(j - centre) * scale)];
      sum += weight * samples[j];
      total += weight;
    }
    out[i] = total === 0 ? 0 : sum / total;
  }
  return { samples: out, rate };
}

/** Sinc under a Hann window that ends at ±CROSSINGS. */
function kernel(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= CROSSINGS) return 0;
  return (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.5 + 0.5 * Math.cos((Math.PI * x) / CROSSINGS));
}
