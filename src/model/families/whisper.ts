import { ExplorerError, message } from '../../contract/error.ts';
import { activate } from '../../tensor/activation.ts';
import { linear } from '../../tensor/linear.ts';
import { add, type Matrix, matrix, transpose } from '../../tensor/matrix.ts';
import type { Linear } from '../../tensor/parameters.ts';
import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Languages } from '../model.ts';
import { bartLike } from './bart.ts';
import type { Family, LanguageFiles } from './family.ts';
import { languageTag } from './language-codes.ts';

/** Whisper: log-mel frames through two convolutions, then BART with norms before. Source: Radford et al. 2022. */
export const whisper: Family = {
  type: 'whisper',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: true,
      finalNorm: true,
      embeddingNorm: false,
      positionOffset: 0,
      positions: (_, side, count, width) => weights.matrix(`model.${side}.embed_positions.weight`, count, width),
      keyBias: false,
      embedSource: embedFrames(config, weights),
      sourceKey: 'max_source_positions',
      targetKey: 'max_target_positions',
    }),
  languages: speechLanguages,
  input: (config, preprocessor) => ({
    kind: 'sound',
    rate: within(preprocessor, 'sampling_rate', SOUND.rate, 1000, 192_000),
    window: within(preprocessor, 'n_fft', SOUND.window, 16, 8192),
    hop: within(preprocessor, 'hop_length', SOUND.hop, 16, 8192),
    mels: config.size('num_mel_bins'),
    frames: 2 * config.size('max_source_positions'),
  }),
};

/** What Whisper was trained on, where preprocessor_config.json says nothing else. */
const SOUND = { rate: 16_000, window: 400, hop: 160 };

/** What sizes loops and buffers is kept to what feature extractors really have. */
function within(config: Config, key: string, fallback: number, least: number, most: number): number {
  const value = config.size(key, fallback);
  if (value < least || value > most)
    throw config.wrong(key, message('a whole number from {least} to {most}', { least, most }));
  return value;
}

function embedFrames(config: Config, weights: Weights) {
  const width = config.size('d_model');
  const mel = config.size('num_mel_bins');
  const most = config.size('max_source_positions');
  const first = convolution(weights, 'model.encoder.conv1', width, mel);
  const second = convolution(weights, 'model.encoder.conv2', width, width);
  const positions = weights.matrix('model.encoder.embed_positions.weight', most, width);
  return (input: readonly number[] | { readonly shape: readonly number[]; readonly data: Float32Array }): Matrix => {
    if (!('shape' in input) || input.shape.length !== 2 || input.shape[0] !== mel || input.shape[1] !== 2 * most) {
      const found = 'shape' in input ? `[${input.shape.join(', ')}]` : message('token ids');
      throw new ExplorerError(
        'model-shape',
        'input_features should have shape {expected}, found {found}. Pad or cut the sound to that length.',
        { tensor: 'input_features', expected: `[${mel}, ${2 * most}]`, found },
      );
    }
    const frames = transpose(matrix(mel, input.shape[1], input.data));
    const hidden = activate(convolve(frames, first, 1), 'gelu');
    return add(activate(convolve(hidden, second, 2), 'gelu'), positions);
  };
}

/** Kernel of 3 frames, [out, in, 3], flattened as PyTorch stores it. */
function convolution(weights: Weights, name: string, out: number, input: number): Linear {
  const values = weights.take(`${name}.weight`, [out, input, 3]);
  return { weight: matrix(out, input * 3, values), bias: weights.take(`${name}.bias`, [out]) };
}

/** 1-D convolution over rows (frames), a zero row at either end. [frames, in] → [frames / stride, out] */
function convolve(frames: Matrix, kernel: Linear, stride: number): Matrix {
  const count = Math.floor((frames.rows - 1) / stride) + 1;
  const unrolled = matrix(count, frames.cols * 3);
  for (let t = 0; t < count; t++) {
    for (let tap = 0; tap < 3; tap++) {
      const from = t * stride + tap - 1;
      if (from < 0 || from >= frames.rows) continue;
      for (let c = 0; c < frames.cols; c++) {
        unrolled.data[t * unrolled.cols + c * 3 + tap] = frames.data[from * frames.cols + c];
      }
    }
  }
  return linear(unrolled, kernel);
}

const LANGUAGE = /^<\|[a-z]{2,3}\|>$/;
const TASK = '<|transcribe|>';
const NO_TIMES = '<|notimestamps|>';

/**
 * Whisper: the decoder starts from `<|startoftranscript|>` and is made to go on with the language, the task and
 * `<|notimestamps|>`. Checkpoints of English alone have neither language nor task.
 * generation_config.json lists the languages in `lang_to_id`.
 */
function speechLanguages({ tokenizer, generation, generationConfig }: LanguageFiles): Languages {
  const listed = generationConfig?.raw('lang_to_id');
  const names = typeof listed === 'object' && listed !== null ? Object.keys(listed) : [...tokenizer.specials.keys()];
  const multilingual = generationConfig?.raw('is_multilingual') !== false && tokenizer.id(TASK) !== undefined;
  const tokens = multilingual ? names.filter((name) => LANGUAGE.test(name) && tokenizer.id(name) !== undefined) : [];
  const end = tokenizer.label(generation.endToken).text;
  const after = tokenizer.id(end) === undefined ? [] : [end];
  const own = [...generation.forced].sort(([a], [b]) => a - b).map(([, id]) => tokenizer.label(id).text);
  return {
    directions: tokens.map((token) => ({ token, language: languageTag(token) })),
    sources: [],
    frame({ direction }) {
      const chosen = direction ? [direction, TASK, NO_TIMES] : own;
      const before = chosen.filter((name) => tokenizer.id(name) !== undefined);
      const forced = before.map((name) => tokenizer.id(name)!);
      return { source: {}, target: { side: 'target', around: { before, after } }, forced };
    },
  };
}
