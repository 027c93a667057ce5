import { attention } from '../../../src/attention/attention.ts';
import type { AttentionChange, AttentionRecord } from '../../../src/attention/attention-record.ts';
import type { ModelInfo } from '../../../src/contract/model-info.ts';
import type { TokenInfo } from '../../../src/contract/run.ts';
import type { Model, Tokenizer } from '../../../src/model/model.ts';
import { type Matrix, matrix } from '../../../src/tensor/matrix.ts';

const WIDTH = 8;
const HEADS = 2;
const LAYERS = 2;
const VOCABULARY = 60;
const END = 0;
const START = 1;
const TAG = 2;

/** Seeded values in [−1, 1). */
export function random(rows: number, cols: number, seed: number): Matrix {
  const data = new Float32Array(rows * cols);
  let state = (seed * 2654435761) >>> 0 || 1;
  for (let i = 0; i < data.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    data[i] = (state >>> 0) / 2 ** 31 - 1;
  }
  return matrix(rows, cols, data);
}

const linear = (seed: number) => ({ weight: random(WIDTH, WIDTH, seed), bias: undefined });

/**
 * A tiny untrained model with the real attention core in it: pieces are pairs of characters of words split by spaces.
 * @param onCheckpoint awaited between layers, to hold the model up where a test needs it
 */
export function smallModel(onCheckpoint: () => void | Promise<void> = () => undefined): Model {
  const layer = (
    input: Matrix,
    memory: Matrix,
    seed: number,
    causal: boolean,
    change: AttentionChange | undefined,
  ): AttentionRecord => {
    const weights = { query: linear(seed), key: linear(seed + 1), value: linear(seed + 2) };
    const outputWeight = random(WIDTH, WIDTH, seed + 3);
    return attention(
      input,
      memory,
      { ...weights, outputWeight, outputBias: undefined },
      { heads: HEADS, causal, change },
    );
  };
  const embed = (ids: readonly number[]) => {
    const data = new Float32Array(ids.length * WIDTH);
    ids.forEach((id, i) => {
      data.set(random(1, WIDTH, id * 31 + i + 1).data, i * WIDTH);
    });
    return matrix(ids.length, WIDTH, data);
  };
  const model: Model = {
    info,
    startToken: START,
    endToken: END,
    tokenizer,
    languages: {
      directions: info.directions,
      sources: [],
      frame: ({ direction }) => ({ source: direction ? { prefix: direction } : {}, target: { side: 'target' } }),
    },
    async forward(source, target, checkpoint, { intervention, encoded } = {}) {
      const pass = {
        encoder: [...(encoded?.encoder ?? [])],
        decoder: [] as AttentionRecord[],
        cross: [] as AttentionRecord[],
      };
      let memory = encoded?.encoderOutput ?? embed(source as readonly number[]);
      let state = embed(target);
      for (let i = pass.encoder.length; i < 2 * LAYERS; i++) {
        await onCheckpoint();
        await checkpoint?.(i / (2 * LAYERS));
        if (i < LAYERS) {
          pass.encoder.push(layer(memory, memory, 10 * i + 1, false, intervention?.('encoder', i)));
          memory = pass.encoder[i].output;
        } else {
          pass.decoder.push(layer(state, state, 10 * i + 5, true, intervention?.('decoder', i - LAYERS)));
          const { output } = pass.decoder.at(-1)!;
          pass.cross.push(layer(output, memory, 10 * i + 9, false, intervention?.('cross', i - LAYERS)));
          state = pass.cross.at(-1)!.output;
        }
      }
      return { ...pass, encoderOutput: memory, decoderOutput: state };
    },
    logits(states) {
      const table = random(VOCABULARY, WIDTH, 99);
      const logits = matrix(states.rows, VOCABULARY);
      for (let t = 0; t < states.rows; t++) {
        for (let id = 0; id < VOCABULARY; id++) {
          for (let d = 0; d < WIDTH; d++) {
            logits.data[t * VOCABULARY + id] += states.data[t * WIDTH + d] * table.data[id * WIDTH + d];
          }
        }
      }
      return logits;
    },
    async generate(source, _options, checkpoint) {
      const { length } = source as readonly number[];
      for (let i = 0; i < length; i++) {
        await onCheckpoint();
        await checkpoint?.(i / length);
      }
      return [11, 12, END];
    },
  };
  return model;
}

const info: ModelInfo = {
  folder: '/small',
  name: 'small',
  family: 'marian',
  encoderLayers: LAYERS,
  decoderLayers: LAYERS,
  encoderHeads: HEADS,
  decoderHeads: HEADS,
  width: WIDTH,
  headWidth: WIDTH / HEADS,
  encoderFeedForward: 0,
  decoderFeedForward: 0,
  vocabulary: VOCABULARY,
  maxPositions: 40,
  parameters: 1,
  bytes: 4,
  dtype: 'F32',
  directions: [
    { token: '>>cmn<<', language: 'zh' },
    { token: '>>eng<<', language: 'en' },
  ],
  alignmentHead: { layer: 1, head: 1 },
};

const tokenizer: Tokenizer = {
  vocabulary: VOCABULARY,
  specials: new Map(),
  encode(text, options) {
    const tokens: TokenInfo[] = [];
    let word = 0;
    if (options?.prefix) tokens.push({ id: TAG, text: options.prefix, start: 0, end: 0, special: true, word: word++ });
    for (const match of text.matchAll(/\S+/gu)) {
      for (let at = 0; at < match[0].length; at += 2) {
        const piece = match[0].slice(at, at + 2);
        const start = match.index + at;
        const id = 10 + (piece.codePointAt(0)! % (VOCABULARY - 10));
        tokens.push({ id, text: piece, start, end: start + piece.length, special: false, word });
      }
      word++;
    }
    tokens.push({ id: END, text: '</s>', start: text.length, end: text.length, special: true, word });
    return tokens;
  },
  decode: (ids) =>
    ids
      .filter((id) => id > TAG)
      .map((id) => `w${id}`)
      .join(' '),
  id: (name) => [END, START, TAG].find((id) => tokenizer.label(id).text === name),
  label: (id) => ({ text: id === START ? '<pad>' : id === END ? '</s>' : `w${id}`, special: id <= TAG }),
};
