import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fourier } from '../../../../src/input/audio/fourier.ts';
import { logMel } from '../../../../src/input/audio/log-mel.ts';
import { resample } from '../../../../src/input/audio/resample.ts';
import { readWav } from '../../../../src/input/audio/wav.ts';
import { expectedOf, fixture } from '../fixture.ts';
import { wav } from './make-wav.ts';

const WHISPER = { rate: 16_000, window: 400, hop: 160, mels: 80, frames: 3000 };

describe('the spectrogram', () => {
  test('is the reference’s, within 1e-3', async () => {
    const { samples, rate } = readWav(fixture('chirp.wav'), 'chirp.wav');
    expect(rate).toBe(16_000);
    const { data } = await logMel(samples, WHISPER);
    const expected = expectedOf('log_mel.safetensors', 'input_features');
    const frames = 500;
    expect(expected.shape).toEqual([1, 80, frames]);
    let worst = 0;
    for (let m = 0; m < 80; m++)
      for (let t = 0; t < frames; t++)
        worst = Math.max(worst, Math.abs(data[m * WHISPER.frames + t]! - expected.data[m * frames + t]!));
    expect(worst).toBeLessThan(1e-3);
  });

  test('of silence is flat, and of a sound longer than the model hears is of its beginning', async () => {
    const silent = await logMel(new Float32Array(16_000), { ...WHISPER, frames: 50 });
    expect(new Set(silent.data).size).toBe(1);
    const tone = (seconds: number) => Float32Array.from({ length: 16_000 * seconds }, (_, i) => Math.sin(i / 5));
    const [short, long] = [
      await logMel(tone(2), { ...WHISPER, frames: 50 }),
      await logMel(tone(3), { ...WHISPER, frames: 50 }),
    ];
    for (let m = 0; m < 80; m++) expect(short.data[m * 50 + 20]).toBeCloseTo(long.data[m * 50 + 20]!, 5);
  });

  test('can be cancelled on the way', async () => {
    const stop = () => {
      throw new DOMException('', 'AbortError');
    };
    await expect(logMel(new Float32Array(16_000), WHISPER, stop)).rejects.toThrow(DOMException);
  });
});

test('the transform is the definition’s, for lengths of any factors', () => {
  for (const size of [1, 2, 7, 60, 400, 512]) {
    const input = Float64Array.from({ length: size }, (_, i) => Math.sin(i * i) + i / size);
    const { re, im } = new Fourier(size).transform(input);
    for (let k = 0; k < size; k += Math.max(1, size >> 3)) {
      const sum = (f: (x: number) => number) =>
        input.reduce((all, x, i) => all + x * f((-2 * Math.PI * i * k) / size), 0);
      expect(re[k]).toBeCloseTo(sum(Math.cos), 8);
      expect(im[k]).toBeCloseTo(sum(Math.sin), 8);
    }
  }
});

describe('WAV files', () => {
  test.each([
    [1, 8],
    [1, 16],
    [1, 24],
    [1, 32],
    [3, 32],
    [3, 64],
  ])('of kind %i with %i bits give the samples back, channels averaged', (kind, bits) => {
    const wave = Array.from({ length: 300 }, (_, i) => 0.8 * Math.sin(i / 9));
    const { samples, rate } = readWav(wav(wave, { kind, bits, rate: 22_050, channels: 2 }), 'x.wav');
    expect(rate).toBe(22_050);
    expect(samples.length).toBe(300);
    for (const [i, x] of samples.entries()) expect(Math.abs(x - wave[i]!)).toBeLessThan(bits === 8 ? 0.012 : 1e-4);
  });

  test('that were cut off are read as far as they go; what is no sound says so', () => {
    const whole = wav([0, 0.5, -0.5, 0.25], { kind: 1, bits: 16, rate: 16_000, channels: 1 });
    expect([...readWav(whole.subarray(0, 48), 'x.wav').samples]).toEqual([0, 0.5]);
    for (const [bytes, reason] of [
      [new Uint8Array(3), /no WAV file/],
      [new TextEncoder().encode('RIFF____WAVEdata____'), /format/],
      [whole.subarray(0, 36), /no samples/],
      [wav([0], { kind: 2, bits: 4, rate: 16_000, channels: 1 }), /kind 2/],
    ] as const)
      expect(() => readWav(bytes, 'x.wav')).toThrow(reason);
  });

  test('however mutated never take the reader down', () => {
    const whole = wav(Array(64).fill(0.1), { kind: 1, bits: 16, rate: 16_000, channels: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(200),
        (edits, cut) => {
          const bytes = whole.slice(0, Math.max(0, whole.length - cut));
          for (const [at, value] of edits) bytes[at] = value;
          try {
            expect(readWav(bytes, 'x.wav').samples.length).toBeLessThanOrEqual(bytes.length);
          } catch (error) {
            expect((error as { code?: string }).code).toBe('input-file');
          }
        },
      ),
      { seed: 7, numRuns: 2000 },
    );
  });
});

test('a tone keeps its pitch at another rate, and what the new rate can’t hold is gone', async () => {
  const tone = (hz: number) =>
    Float32Array.from({ length: 44_100 }, (_, i) => Math.sin((2 * Math.PI * hz * i) / 44_100));
  const low = await resample({ samples: tone(440), rate: 44_100 }, 16_000);
  expect(low.samples.length).toBe(16_000);
  for (let i = 1000; i < 15_000; i += 97)
    expect(low.samples[i]).toBeCloseTo(Math.sin((2 * Math.PI * 440 * i) / 16_000), 2);
  const high = await resample({ samples: tone(12_000), rate: 44_100 }, 16_000);
  for (let i = 1000; i < 15_000; i += 97) expect(Math.abs(high.samples[i]!)).toBeLessThan(0.02);
});
