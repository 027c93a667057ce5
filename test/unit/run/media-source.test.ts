import path from 'node:path';
import { encode as encodePng } from 'fast-png';
import { describe, expect, test } from 'vitest';
import type { MediaFile } from '../../../src/contract/run.ts';
import { initialView } from '../../../src/contract/state-bounds.ts';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import { run } from '../../../src/run/run-pair.ts';
import { wav } from '../input/audio/make-wav.ts';
import { wholeViewOf } from '../insight/whole-view.ts';
import { fixtureFiles } from '../model/fixture-files.ts';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/hf');

async function explore(name: string, media: MediaFile, target?: string) {
  const model = await loadModel(fixtureFiles(path.join(fixtures, name)), async () => undefined);
  const request = { folder: name, source: media.name, media, target, beams: 1 };
  const kept = await run(
    model,
    request,
    () => undefined,
    async () => undefined,
  );
  return { kept, view: await wholeViewOf(kept, initialView(kept.summary)) };
}

const tone = (seconds: number): MediaFile => {
  const samples = Array.from({ length: 16_000 * seconds }, (_, i) => 0.5 * Math.sin(i / (3 + i / 9000)));
  return { name: 'tone.wav', bytes: wav(samples, { kind: 1, bits: 16, rate: 16_000, channels: 1 }) };
};

const scene = (): MediaFile => {
  const data = Uint8Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 7) % 256);
  return { name: 'scene.png', bytes: encodePng({ width: 60, height: 40, data, channels: 3, depth: 8 }) };
};

describe('a sound through Whisper', () => {
  test('is heard whole: positions are its seconds, cross-attention’s rows sum to one, the target is written', async () => {
    const { kept, view } = await explore('whisper', tone(0.3));
    const { summary } = kept;
    expect(summary.generated).toBe(true);
    expect(summary.targetTokens.length).toBeGreaterThan(1);
    expect(summary.media).toMatchObject({ kind: 'sound', name: 'tone.wav' });
    const heard = summary.sourceTokens.length;
    expect(kept.pass.encoderOutput.rows).toBe(heard);
    expect(summary.sourceTokens[3]!.text).toBe('0.06 s');
    for (let row = 0; row < view.rows.length; row++) {
      const weights = view.weights.subarray(row * view.cols.length, (row + 1) * view.cols.length);
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
    }
    // Words of sound are named by where they begin, silence behind its end by itself.
    expect(view.cols[0]!.text).toBe('0.0 s');
    const end = Math.ceil(0.3 / 0.02);
    if (heard > end) expect(summary.sourceTokens[end]).toMatchObject({ special: true, text: '∅' });
  });

  test('a target of its own is forced instead', async () => {
    const { kept } = await explore('whisper', tone(0.2), '#5 #9 #5');
    expect(kept.summary.generated).toBe(false);
    expect(kept.summary.targetTokens.slice(0, 3).map(({ id }) => id)).toEqual([5, 9, 5]);
  });
});

test('a picture through ViT–GPT-2: a position for each patch, named by row and column', async () => {
  const { kept, view } = await explore('vit-gpt2', scene());
  const { media, sourceTokens } = kept.summary;
  expect(media?.kind).toBe('picture');
  const across = media?.kind === 'picture' ? media.across : 0;
  expect(sourceTokens.length).toBe(across ** 2 + 1);
  expect(sourceTokens.at(-1)!.text).toBe(`${across}·${across}`);
  expect(kept.pass.cross[0]!.k.rows).toBe(sourceTokens.length);
  expect(view.cols[0]).toMatchObject({ text: '[CLS]', special: true });
});

describe('what does not go together says so', () => {
  test.each([
    ['marian', tone(0.1), /reads text/],
    ['whisper', scene(), /no WAV file/],
    ['vit-gpt2', tone(0.1), /neither a PNG nor a JPEG/],
  ])('%s', async (name, media, message) => {
    await expect(explore(name, media)).rejects.toThrow(message);
  });

  test('a text given to a model that hears', async () => {
    const model = await loadModel(fixtureFiles(path.join(fixtures, 'whisper')), async () => undefined);
    const work = run(
      model,
      { folder: '', source: 'Hello' },
      () => undefined,
      async () => undefined,
    );
    await expect(work).rejects.toThrow(/takes a sound/);
  });
});
