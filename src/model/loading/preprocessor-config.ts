import { message } from '../../contract/error.ts';
import type { ModelInput } from '../../contract/model-info.ts';
import { Config } from '../checkpoint/config.ts';

/** What Whisper was trained on, where preprocessor_config.json says nothing else. */
const SOUND = { rate: 16_000, window: 400, hop: 160 };
const HALF = [0.5, 0.5, 0.5];

/**
 * How a sound or a picture becomes this model's input; undefined for models that read text.
 * @param family model_type    @param preprocessor preprocessor_config.json, where there is one
 * @throws ExplorerError 'model-config'
 */
export function readInput(family: string, config: Config, preprocessor: Config | undefined): ModelInput | undefined {
  const said = preprocessor ?? new Config({}, config.file);
  if (family === 'whisper') {
    return {
      kind: 'sound',
      rate: within(said, 'sampling_rate', SOUND.rate, 1000, 192_000),
      window: within(said, 'n_fft', SOUND.window, 16, 8192),
      hop: within(said, 'hop_length', SOUND.hop, 16, 8192),
      mels: config.size('num_mel_bins'),
      frames: 2 * config.size('max_source_positions'),
    };
  }
  if (family !== 'vision-encoder-decoder') return undefined;
  const vit = config.section('encoder');
  const normalized = said.flag('do_normalize', true);
  return {
    kind: 'picture',
    size: vit.size('image_size'),
    patch: vit.size('patch_size'),
    factor: said.flag('do_rescale', true) ? said.number('rescale_factor', 1 / 255) : 1,
    mean: normalized ? three(said, 'image_mean') : [0, 0, 0],
    std: normalized ? three(said, 'image_std') : [1, 1, 1],
  };
}

/** What sizes loops and buffers is kept to what feature extractors really have. */
function within(config: Config, key: string, fallback: number, least: number, most: number): number {
  const value = config.size(key, fallback);
  if (value < least || value > most)
    throw config.wrong(key, message('a whole number from {least} to {most}', { least, most }));
  return value;
}

function three(config: Config, key: string): number[] {
  const value = config.raw(key) ?? HALF;
  const numbers = Array.isArray(value) && value.length === 3 && value.every((x) => Number.isFinite(x));
  if (!numbers || (key === 'image_std' && value.includes(0))) throw config.wrong(key, message('three numbers'));
  return value;
}
