import type { Direction } from '../../contract/model-info.ts';
import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { type Languages, NO_LANGUAGES } from '../model.ts';
import { type ModelProto, TokenType } from '../tokenizer/sentencepiece/sentencepiece-file.ts';
import { sentenceTokenizer } from '../tokenizer/sentencepiece/sentencepiece-tokenizer.ts';
import type { TextTokenizer } from '../tokenizer/text-tokenizer.ts';
import type { SpecialNames } from '../tokenizer/tokenizer-files.ts';
import { embedTokens, tokenIds } from '../transformer/embeddings.ts';
import type { AttentionBlock, FeedForward, Network, Stack } from '../transformer/network.ts';
import type { Family, LanguageFiles } from './family.ts';
import { languageTag } from './language-codes.ts';

/** T5: RMS norms before, no biases, scores not scaled, learned bias by distance. Source: Raffel et al. 2020. */
export const t5: Family = { type: 't5', build, languages };

/** T5 with a vocabulary of a hundred languages. Source: Xue et al. 2020. */
export const mt5: Family = { type: 'mt5', build, languages };

function build(config: Config, weights: Weights): Network {
  const width = config.size('d_model');
  const vocabulary = config.size('vocab_size');
  const heads = config.size('num_heads');
  const headWidth = config.size('d_kv');
  const epsilon = config.number('layer_norm_epsilon', 1e-6);
  const encoderLayers = config.size('num_layers');
  const projected = config.text('feed_forward_proj', ['relu', 'gated-gelu', 'gated-silu'], 'relu');

  const attention = (at: string, name: string): AttentionBlock => {
    const take = (which: string) => weights.linear(`${at}.${name}.${which}`, heads * headWidth, width, 'no bias');
    return {
      weights: {
        query: take('q'),
        key: take('k'),
        value: take('v'),
        outputWeight: weights.transposed(`${at}.${name}.o.weight`, width, heads * headWidth),
        outputBias: undefined,
      },
      norm: weights.rmsNorm(`${at}.layer_norm`, width, epsilon),
      heads,
      divisor: 1,
    };
  };
  const feedForward = (at: string): FeedForward => {
    const inner = config.size('d_ff');
    const gated = projected !== 'relu';
    const take = (name: string) => weights.linear(`${at}.${name}`, inner, width, 'no bias');
    return {
      // transformers reads `gated-gelu` as the tanh approximation.
      activation: projected === 'gated-gelu' ? 'gelu_new' : projected === 'gated-silu' ? 'silu' : 'relu',
      inner: take(gated ? 'wi_0' : 'wi'),
      gate: gated ? take('wi_1') : undefined,
      outer: weights.linear(`${at}.wo`, width, inner, 'no bias'),
    };
  };
  const stack = (side: 'encoder' | 'decoder', count: number): Stack => {
    const table = weights.weight([`shared.weight`, `${side}.embed_tokens.weight`, 'lm_head.weight'], vocabulary, width);
    const embedding = { table, scale: 1, positions: undefined, offset: 0 };
    const last = side === 'encoder' ? 1 : 2;
    return {
      embed: (input, past) => embedTokens(embedding, tokenIds(input), past),
      embeddingNorm: undefined,
      layers: Array.from({ length: count }, (_, index) => {
        const at = `${side}.block.${index}.layer`;
        return {
          self: attention(`${at}.0`, 'SelfAttention'),
          cross: side === 'encoder' ? undefined : attention(`${at}.1`, 'EncDecAttention'),
          feedForward: feedForward(`${at}.${last}.DenseReluDense`),
          feedForwardNorm: weights.rmsNorm(`${at}.${last}.layer_norm`, width, epsilon),
        };
      }),
      normBefore: true,
      finalNorm: weights.rmsNorm(`${side}.final_layer_norm`, width, epsilon),
      causal: side === 'decoder',
      relativeBias: {
        table: weights.matrix(
          `${side}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`,
          config.size('relative_attention_num_buckets', 32),
          heads,
        ),
        maxDistance: config.size('relative_attention_max_distance', 128),
        bidirectional: side === 'encoder',
      },
    };
  };

  const tied = config.flag('tie_word_embeddings', true);
  const head = tied
    ? ['shared.weight', 'decoder.embed_tokens.weight', 'encoder.embed_tokens.weight', 'lm_head.weight']
    : ['lm_head.weight'];
  return {
    encoder: stack('encoder', encoderLayers),
    decoder: stack('decoder', config.size('num_decoder_layers', encoderLayers)),
    bridge: undefined,
    head: {
      weight: weights.weight(head, vocabulary, width),
      bias: undefined,
      scale: tied ? width ** -0.5 : 1,
    },
    vocabulary,
    maxSource: undefined,
    maxTarget: undefined,
    input: 'tokens',
  };
}

/** A real list has a handful. */
const MOST_TASKS = 200;
const LONGEST_PREFIX = 200;

/**
 * T5: what to do stands in words before the text, `translate English to German: `, as `task_specific_params` of
 * config.json lists them. A source that begins with one of them is left as it is.
 */
function languages({ config }: LanguageFiles): Languages {
  const params = config.raw('task_specific_params');
  const tasks = typeof params === 'object' && params !== null ? Object.entries(params).slice(0, MOST_TASKS) : [];
  const directions: Direction[] = tasks.flatMap(([name, settings]) => {
    const prefix: unknown = (settings as { prefix?: unknown } | null)?.prefix;
    if (typeof prefix !== 'string' || prefix.trim() === '' || prefix.length > LONGEST_PREFIX) return [];
    const to = /^translation_[a-z]{2,3}_to_([a-z]{2,3})$/.exec(name)?.[1];
    return [
      { token: prefix, language: to === undefined ? 'und' : languageTag(to), name: prefix.trim().replace(/:$/, '') },
    ];
  });
  if (directions.length === 0) return NO_LANGUAGES;
  return {
    directions,
    sources: [],
    frame({ direction }, source) {
      const there = directions.some(({ token }) => source.trimStart().startsWith(token.trim()));
      const task = direction && !there ? { task: direction } : {};
      return { source: task, target: { side: 'target' } };
    },
  };
}

/** Sentinels that T5 has where its files name no other number. */
const EXTRA_IDS = 100;
const MOST_EXTRA_IDS = 10_000;

/**
 * T5 and mT5: the ids of spiece.model; after them the sentinels, `<extra_id_0>` last.
 * Source: transformers, tokenization_t5.py.
 */
export function t5Tokenizer(proto: ModelProto, names: SpecialNames, vocabulary: number, file: string): TextTokenizer {
  const size = proto.types.length;
  const count = names.config.extra_ids ?? EXTRA_IDS;
  const extra = typeof count === 'number' && count >= 0 ? Math.min(Math.floor(count), MOST_EXTRA_IDS) : EXTRA_IDS;
  const specials = controlTokens(proto);
  const sentinels = new Map<string, number>();
  for (let i = 0; i < extra; i++) {
    const id = size + extra - 1 - i;
    // mT5's vocabulary has its sentinels in spiece.model; where the config does not say so, they end outside.
    if (id < vocabulary) sentinels.set(`<extra_id_${i}>`, id);
  }
  for (const { content, id } of names.extra) if (sentinels.has(content)) sentinels.set(content, id);
  for (const [name, id] of sentinels) if (!specials.has(name)) specials.set(name, id);
  return sentenceTokenizer(
    {
      proto,
      id: (_, id) => (id === proto.unknown ? undefined : id),
      piece: (id) => proto.pieces[id],
      specials,
      extra: names.extra,
      unknown: proto.unknown,
      before: [],
      after: [names.name('eos', '</s>')],
      largest: size - 1,
      file,
    },
    vocabulary,
  );
}

/** Control and unknown pieces, with their ids in the model file. */
export function controlTokens(proto: ModelProto): Map<string, number> {
  const found = new Map<string, number>();
  for (const [id, piece] of proto.pieces.entries()) {
    if (proto.types[id] === TokenType.control || proto.types[id] === TokenType.unknown) found.set(piece, id);
  }
  return found;
}
