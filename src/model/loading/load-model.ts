import { ExplorerError } from '../../contract/error.ts';
import type { ModelInfo } from '../../contract/model-info.ts';
import type { ModelFiles } from '../checkpoint/checkpoint-files.ts';
import { Config } from '../checkpoint/config.ts';
import { generationConfig } from '../checkpoint/generation-config.ts';
import { loadWeights } from '../checkpoint/stored-weights.ts';
import { type WeightOptions, Weights } from '../checkpoint/weights.ts';
import { findFamily } from '../families/find-family.ts';
import { type Checkpoint, NO_LANGUAGES, type Tokenizer } from '../model.ts';
import type { TokenizerFiles } from '../tokenizer/tokenizer-files.ts';
import type { Network, Stack } from '../transformer/network.ts';
import { TransformerModel } from '../transformer/transformer-model.ts';
import { readAlignment } from './alignment-config.ts';
import { loadTokenizer } from './load-tokenizer.ts';

/**
 * Reads a checkpoint in the Hugging Face layout. Nothing in the folder is trusted, and nothing in it is run.
 * @param checkpoint called between the stages with the part that is done; may throw to cancel
 * @param options how its weights are kept
 * @throws ExplorerError: 'model-missing', 'model-file', 'model-config', 'model-family', 'model-shape', 'model-nan',
 *   'tokenizer-file', 'tokenizer-mismatch'
 */
export async function loadModel(
  files: ModelFiles,
  checkpoint?: Checkpoint,
  options?: WeightOptions,
): Promise<TransformerModel> {
  const names = await files.list();
  const bytes = await files.read('config.json');
  if (bytes === undefined) {
    throw new ExplorerError(
      names.length === 0 ? 'model-missing' : 'model-config',
      '{folder} has no config.json. Choose a folder that holds config.json and model.safetensors.',
      { folder: files.folder, file: 'config.json' },
    );
  }
  const config = Config.parse(bytes, `${files.folder}/config.json`);
  const family = findFamily(config);
  await checkpoint?.(0.1);
  const stored = await loadWeights(files);
  const weights = new Weights(stored.tensors, stored.file, options);
  let network: Network;
  let tokenizer: Tokenizer | undefined;
  try {
    network = family.build(config, weights);
    const stop = new AbortController();
    const prefaulted = weights.prefault(stop.signal);
    const watched: TokenizerFiles = {
      folder: files.folder,
      async read(name) {
        await checkpoint?.(0.1);
        return files.read(name);
      },
    };
    const [read] = await Promise.allSettled([loadTokenizer(watched, network.vocabulary, family.type)]);
    const failed = read.status === 'rejected';
    const cancelled = failed && !(read.reason instanceof ExplorerError);
    if (cancelled) stop.abort();
    await prefaulted;
    if (cancelled) throw read.reason;
    // What is wrong with the weights is said first.
    await weights.fill((part) => checkpoint?.(0.2 + 0.7 * part));
    if (failed) throw read.reason;
    tokenizer = read.value;
  } finally {
    await stored.close();
  }
  const optional = async (name: string) => {
    const content = await files.read(name);
    return content && Config.parse(content, `${files.folder}/${name}`);
  };
  const generationFile = await optional('generation_config.json');
  const generation = generationConfig(generationFile, config, network.vocabulary);
  const tokenizerConfig = await optional('tokenizer_config.json');
  const languages =
    (tokenizer &&
      family.languages?.({ config, generationConfig: generationFile, tokenizerConfig, generation, tokenizer })) ??
    NO_LANGUAGES;
  const preprocessor = await optional('preprocessor_config.json');
  const input = family.input?.(config, preprocessor ?? new Config({}, config.file));
  const info: ModelInfo = {
    folder: files.folder,
    name: files.folder.split(/[\\/]/).findLast((part) => part !== '') ?? files.folder,
    family: family.type,
    ...shape(network),
    vocabulary: network.vocabulary,
    maxPositions: lesser(network.maxSource, network.maxTarget),
    parameters: weights.parameters,
    bytes: stored.bytes,
    dtype: weights.dtype(),
    ...(input === undefined ? {} : { input }),
    directions: languages.directions,
    ...(languages.sources.length > 0 ? { sources: languages.sources } : {}),
    ...readAlignment(config, network),
  };
  await checkpoint?.(1);
  return new TransformerModel(info, network, tokenizer, generation, languages);
}

function shape({ encoder, decoder }: Network) {
  const first = (decoder ?? encoder)!.layers[0].self;
  const count = (stack: Stack | undefined) => ({
    layers: stack?.layers.length ?? 0,
    heads: stack?.layers[0].self.heads ?? 0,
    inner: stack?.layers[0].feedForward.inner.weight.rows ?? 0,
  });
  const [enc, dec] = [count(encoder), count(decoder)];
  return {
    encoderLayers: enc.layers,
    decoderLayers: dec.layers,
    encoderHeads: enc.heads,
    decoderHeads: dec.heads,
    width: first.norm.weight.length,
    headWidth: first.weights.query.weight.rows / first.heads,
    encoderFeedForward: enc.inner,
    decoderFeedForward: dec.inner,
  };
}

function lesser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
