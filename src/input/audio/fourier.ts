/**
 * A discrete Fourier transform of one length, prepared once: mixed radix, so that 400 = 2⁴·5² is as quick as 512.
 * Source: Cooley and Tukey 1965.
 */
export class Fourier {
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;

  constructor(readonly size: number) {
    this.cos = Float64Array.from({ length: size }, (_, i) => Math.cos((-2 * Math.PI * i) / size));
    this.sin = Float64Array.from({ length: size }, (_, i) => Math.sin((-2 * Math.PI * i) / size));
  }

  /** @param input real, [size]    @returns real and imaginary parts, [size] each */
  transform(input: Float64Array): { readonly re: Float64Array; readonly im: Float64Array } {
    const re = new Float64Array(this.size);
    const im = new Float64Array(this.size);
    this.step(input, 0, 1, re, im, 0, this.size);
    return { re, im };
  }

  /** Transforms input[at], input[at + stride] … (length of them) into out[to] … out[to + length − 1]. */
  private step(
    input: Float64Array,
    at: number,
    stride: number,
    re: Float64Array,
    im: Float64Array,
    to: number,
    length: number,
  ): void {
    if (length === 1) {
      re[to] = input[at];
      return;
    }
    const radix = smallestFactor(length);
    const part = length / radix;
    for (let r = 0; r < radix; r++) this.step(input, at + r * stride, stride * radix, re, im, to + r * part, part);
    const turn = this.size / length;
    const [sumRe, sumIm] = [new Float64Array(radix), new Float64Array(radix)];
    for (let k = 0; k < part; k++) {
      for (let q = 0; q < radix; q++) {
        let [a, b] = [0, 0];
        for (let r = 0; r < radix; r++) {
          const angle = (r * (k + q * part) * turn) % this.size;
          const [x, y, c, s] = [re[to + r * part + k], im[to + r * part + k], this.cos[angle], this.sin[angle]];
          a += x * c - y * s;
          b += x * s + y * c;
        }
        [sumRe[q], sumIm[q]] = [a, b];
      }
      for (let q = 0; q < radix; q++) [re[to + q * part + k], im[to + q * part + k]] = [sumRe[q], sumIm[q]];
    }
  }
}

function smallestFactor(size: number): number {
  for (let factor = 2; factor * factor <= size; factor++) if (size % factor === 0) return factor;
  return size;
}
