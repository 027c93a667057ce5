import { toBase64 } from '../base/bytes.ts';
import { ExplorerError } from '../contract/error.ts';
import type { ModelInfo, ModelInput } from '../contract/model-info.ts';
import type { MediaFile, RunMedia, TokenInfo } from '../contract/run.ts';
import { logMel } from '../input/audio/log-mel.ts';
import { resample } from '../input/audio/resample.ts';
import { readWav } from '../input/audio/wav.ts';
import { readPicture } from '../input/image/image-file.ts';
import { pixelValues, resize } from '../input/image/pixel-values.ts';
import type { Features } from '../model/model.ts';
import type { Matrix } from '../tensor/matrix.ts';

export interface MediaSource {
  readonly features: Features;
  /** The source's positions as tokens, and the text of their names that they stand in. */
  readonly tokens: readonly TokenInfo[];
  readonly text: string;
  readonly media: RunMedia;
}

/** Columns of the spectrogram that are kept to be drawn. */
const DRAWN = 600;
/** Lengths of a "word" of sound in seconds; the least that gives no more than WORDS of them. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5];
const WORDS = 48;

/**
 * Makes a model's source of a sound or a picture.
 * @throws ExplorerError 'input-file' when it can't be read, 'input-kind' when the model takes none
 */
export async function mediaSource(
  { input, name }: ModelInfo,
  file: MediaFile,
  checkpoint: () => Promise<void>,
): Promise<MediaSource> {
  if (input?.kind === 'sound') return soundSource(input, file, checkpoint);
  if (input?.kind === 'picture') return pictureSource(input, file);
  throw new ExplorerError(
    'input-kind',
    '{model} reads text, and {file} is a sound or a picture. Choose the folder of a Whisper or of a vision encoder–decoder model.',
    { model: name, file: file.name },
  );
}

async function soundSource(
  input: ModelInput & { kind: 'sound' },
  file: MediaFile,
  checkpoint: () => Promise<void>,
): Promise<MediaSource> {
  const { rate, hop, frames, mels } = input;
  const heard = (frames * hop) / rate;
  const whole = readWav(file.bytes, file.name, heard);
  const { samples } = await resample(whole, rate, checkpoint);
  if (samples.length === 0) {
    throw new ExplorerError('input-file', "{file} can't be read as sound: it holds no samples. Choose another file.", {
      file: file.name,
    });
  }
  const data = await logMel(samples, input, checkpoint);
  const seconds = Math.min(heard, samples.length / rate);
  const step = (2 * hop) / rate;
  const word = STEPS.find((length) => seconds / length <= WORDS) ?? STEPS.at(-1)!;
  const named = nameSound(frames / 2, step, word, seconds);
  const media: RunMedia = {
    kind: 'sound',
    name: file.name,
    seconds,
    step,
    ...spectrogram(data, Math.ceil((seconds * rate) / hop)),
  };
  return { features: { shape: [mels, frames], data: data.data }, ...named, media };
}

/** Positions by their time; what lies behind the end of the sound is silence that was put there. */
function nameSound(count: number, step: number, word: number, seconds: number) {
  const names: string[] = [];
  const starts: number[] = [];
  let length = 0;
  const last = Math.max(1, Math.ceil(seconds / step - 1e-9));
  const tokens = Array.from({ length: count }, (_, i): TokenInfo => {
    const time = i * step;
    const silent = i >= last;
    const index = silent ? Math.ceil(last / Math.round(word / step)) : Math.floor(i / Math.round(word / step));
    if (names[index] === undefined) {
      names[index] = silent ? '∅' : `${(index * word).toFixed(1)} s`;
      starts[index] = length;
      length += names[index].length + 1;
    }
    const start = starts[index];
    const text = silent ? '∅' : `${time.toFixed(2)} s`;
    return { id: i, text, start, end: start + names[index].length, special: silent, word: index };
  });
  return { tokens, text: names.join('\n') };
}

/** The sound's own frames as grey levels, the loudest of several frames where they are many. */
function spectrogram({ data, rows, cols }: Matrix, sounding: number) {
  const used = Math.max(1, Math.min(cols, sounding));
  const drawn = Math.min(DRAWN, used);
  const levels = new Uint8Array(rows * drawn);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) [least, most] = [Math.min(least, value), Math.max(most, value)];
  for (let mel = 0; mel < rows; mel++) {
    for (let col = 0; col < drawn; col++) {
      let loudest = least;
      for (let t = Math.floor((col * used) / drawn); t < Math.ceil(((col + 1) * used) / drawn); t++) {
        loudest = Math.max(loudest, data[mel * cols + t]);
      }
      levels[(rows - 1 - mel) * drawn + col] = Math.round((255 * (loudest - least)) / (most - least || 1));
    }
  }
  return { rows, cols: drawn, levels: toBase64(levels) };
}

async function pictureSource(input: ModelInput & { kind: 'picture' }, file: MediaFile): Promise<MediaSource> {
  const { size, patch } = input;
  const picture = resize(await readPicture(file.bytes, file.name), size, size);
  const across = Math.floor(size / patch);
  const names = ['[CLS]'];
  for (let y = 1; y <= across; y++) for (let x = 1; x <= across; x++) names.push(`${y}·${x}`);
  let start = 0;
  const tokens = names.map((text, i): TokenInfo => {
    const token = { id: i, text, start, end: start + text.length, special: i === 0, word: i };
    start = token.end + 1;
    return token;
  });
  const media: RunMedia = { kind: 'picture', name: file.name, side: size, pixels: toBase64(picture.pixels), across };
  return { features: pixelValues(picture, input), tokens, text: names.join(' '), media };
}
