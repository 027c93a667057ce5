import { ExplorerError } from '../../contract/error.ts';
import type { ModelInfo } from '../../contract/model-info.ts';
import { linear } from '../../tensor/linear.ts';
import { type Matrix, matrix, rows } from '../../tensor/matrix.ts';
import type { GenerationConfig } from '../checkpoint/generation-config.ts';
import {
  type Checkpoint,
  type Features,
  type ForwardOptions,
  type ForwardPass,
  type GenerateOptions,
  type Intervention,
  type Languages,
  type Model,
  NO_LANGUAGES,
  type Tokenizer,
} from '../model.ts';
import { beamSearch } from './beam-search.ts';
import { DecoderCache } from './decoder-cache.ts';
import { runStack } from './layer-stack.ts';
import type { Network } from './network.ts';
import { constrain } from './token-constraints.ts';

/** A checkpoint of any family, run on ids or on features. */
export class TransformerModel implements Model {
  readonly startToken: number;
  readonly endToken: number;

  constructor(
    readonly info: ModelInfo,
    readonly network: Network,
    readonly tokenizer: Tokenizer | undefined,
    private readonly generation: GenerationConfig,
    readonly languages: Languages = NO_LANGUAGES,
  ) {
    this.startToken = generation.startToken;
    this.endToken = generation.endToken;
  }

  /**
   * Teacher forcing.
   * @param source ids, or features where the family reads sound or pictures; not read by decoder-only families
   * @param target the decoder's inputs, start token first; not read by encoder-only families
   * @param checkpoint called before each layer with the part that is done, in [0, 1]
   * @param options what is done differently, and what of the encoder is known already
   */
  async forward(
    source: readonly number[] | Features,
    target: readonly number[],
    checkpoint?: Checkpoint,
    { intervention, encoded, padding = {} }: ForwardOptions = {},
  ): Promise<ForwardPass> {
    const { encoder, decoder } = this.network;
    const before = encoded === undefined ? (encoder?.layers.length ?? 0) : 0;
    const layers = before + (decoder?.layers.length ?? 0);
    const step = (layer: number) => checkpoint?.(layer / layers);
    const first = encoded ?? (await this.#encode(source, step, intervention, padding.source));
    if (decoder === undefined) {
      return { ...first, decoder: [], cross: [], decoderOutput: matrix(0, this.info.width) };
    }
    const input = decoder.embed(target, 0);
    const run = await runStack(
      decoder,
      input,
      this.#memory(first.encoderOutput),
      (layer) => step(before + layer),
      intervention,
      { self: padding.target, memory: padding.source },
    );
    checkFinite(run.output, 'decoder', this.info.folder);
    return { ...first, decoder: run.self, cross: run.cross, decoderOutput: run.output };
  }

  /** @returns [rows, V]; [rows, 0] for a family without an output layer (BERT) */
  logits(decoderOutput: Matrix): Matrix {
    const { head } = this.network;
    if (head === undefined) return matrix(decoderOutput.rows, 0);
    if (head.scale === 1) return linear(decoderOutput, head);
    return linear(
      matrix(
        decoderOutput.rows,
        decoderOutput.cols,
        decoderOutput.data.map((x) => x * head.scale),
      ),
      head,
    );
  }

  /**
   * Greedy or beam search as transformers has them, with a cache of keys and values.
   * @param checkpoint called before each step with the part of maxLength that is written
   * @returns ids after the start token, the end token included when it was reached
   */
  async generate(
    source: readonly number[] | Features,
    options: GenerateOptions,
    checkpoint?: Checkpoint,
  ): Promise<number[]> {
    const { decoder } = this.network;
    if (decoder === undefined) return [];
    const generation = withChoice(this.generation, options);
    const maxLength = Math.min(options.maxLength, this.network.maxTarget ?? options.maxLength);
    const { encoderOutput } = await this.#encode(source, undefined, undefined, options.padding);
    const memory = this.#memory(encoderOutput);
    const cache = new DecoderCache(decoder, memory, options.beams, maxLength, options.padding);
    const step = (tokens: readonly number[]) => {
      const logits = this.logits(cache.step(tokens));
      return tokens.map((_, i) => rows(logits, i, i + 1).data);
    };
    const noRepeatNgram = options.noRepeatNgram ?? generation.noRepeatNgram;
    const written = (length: number) => checkpoint?.(length / maxLength);
    if (options.beams > 1) {
      const search = {
        beams: options.beams,
        maxLength,
        lengthPenalty: options.lengthPenalty ?? generation.lengthPenalty,
        noRepeatNgram,
      };
      const ids = await beamSearch({ step, reorder: (from) => cache.reorder(from) }, generation, search, written);
      return ids.slice(1);
    }
    const ids = [generation.startToken];
    while (ids.length < maxLength) {
      await written(ids.length);
      const [scores] = step(ids.slice(-1));
      constrain(scores, ids, generation, noRepeatNgram, maxLength);
      const next = argmax(scores);
      ids.push(next);
      if (next === this.endToken) break;
    }
    return ids.slice(1);
  }

  async #encode(
    source: readonly number[] | Features,
    step?: (layer: number) => void | Promise<void>,
    intervention?: Intervention,
    padding?: Uint8Array,
  ) {
    const { encoder } = this.network;
    if (encoder === undefined) return { encoder: [], encoderOutput: matrix(0, this.info.width) };
    const input = encoder.embed(source, 0);
    const { output, self } = await runStack(encoder, input, undefined, step, intervention, { self: padding });
    checkFinite(output, 'encoder', this.info.folder);
    return { encoder: self, encoderOutput: output };
  }

  /** What cross-attention reads. */
  #memory(encoderOutput: Matrix): Matrix | undefined {
    if (this.network.encoder === undefined) return undefined;
    return this.network.bridge === undefined ? encoderOutput : linear(encoderOutput, this.network.bridge);
  }
}

/** The checkpoint's way of writing, with what the choice of a language changes. */
function withChoice(generation: GenerationConfig, { startToken, forced }: GenerateOptions): GenerationConfig {
  return {
    ...generation,
    startToken: startToken ?? generation.startToken,
    forced: forced === undefined ? generation.forced : new Map(forced.map((id, i) => [i + 1, id])),
  };
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/**
 * Weights that are numbers, but far too large, overflow on the way: what follows would be NaN everywhere.
 * @throws ExplorerError 'model-nan'
 */
function checkFinite({ data }: Matrix, part: string, folder: string): void {
  for (const value of data) {
    if (Number.isFinite(value)) continue;
    throw new ExplorerError(
      'model-nan',
      'The {tensor} of {file} computes {value}: its weights are too large to be meant. Export the checkpoint again, or choose another.',
      { tensor: part, file: folder, value: String(value) },
    );
  }
}
