#!/usr/bin/env node
// Writes a checkpoint of opus-mt's real shape with random weights, to measure loading and exploring with:
//   node scripts/make-checkpoint.mjs FOLDER [--dtype F16|BF16|F32] [--layers 6] [--width 512] [--vocabulary 65001]
// Its tokenizer is the small one of test/fixtures/sentencepiece, files and vocabulary filled up with pieces that no text has.
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dtype: text, layers: text, width: text, vocabulary: text },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Name the folder to write to.');
const { dtype = 'F16' } = values;
const layers = Number(values.layers ?? 6);
const width = Number(values.width ?? 512);
const vocabulary = Number(values.vocabulary ?? 65_001);
const inner = 4 * width;
const positions = 512;
const fixtures = path.join(path.dirname(fileURLToPath(import.meta.url)), '../test/fixtures/sentencepiece');

mkdirSync(folder, { recursive: true });
writeFileSync(
  path.join(folder, 'config.json'),
  JSON.stringify({
    model_type: 'marian',
    d_model: width,
    encoder_layers: layers,
    decoder_layers: layers,
    encoder_attention_heads: 8,
    decoder_attention_heads: 8,
    encoder_ffn_dim: inner,
    decoder_ffn_dim: inner,
    vocab_size: vocabulary,
    max_position_embeddings: positions,
    activation_function: 'swish',
    scale_embedding: true,
    tie_word_embeddings: true,
    static_position_embeddings: true,
    eos_token_id: 0,
    pad_token_id: vocabulary - 1,
    decoder_start_token_id: vocabulary - 1,
    bad_words_ids: [[vocabulary - 1]],
    num_beams: 4,
    max_length: positions,
  }),
);

const tensors = new Map();
const linear = (name, out, input) => {
  tensors.set(`${name}.weight`, [out, input]);
  tensors.set(`${name}.bias`, [out]);
};
const norm = (name) => {
  tensors.set(`${name}.weight`, [width]);
  tensors.set(`${name}.bias`, [width]);
};
tensors.set('final_logits_bias', [1, vocabulary]);
tensors.set('model.shared.weight', [vocabulary, width]);
for (const side of ['encoder', 'decoder']) {
  tensors.set(`model.${side}.embed_positions.weight`, [positions, width]);
  for (let i = 0; i < layers; i++) {
    const at = `model.${side}.layers.${i}`;
    for (const block of side === 'encoder' ? ['self_attn'] : ['self_attn', 'encoder_attn']) {
      for (const one of ['q_proj', 'k_proj', 'v_proj', 'out_proj']) linear(`${at}.${block}.${one}`, width, width);
      norm(`${at}.${block}_layer_norm`);
    }
    linear(`${at}.fc1`, inner, width);
    linear(`${at}.fc2`, width, inner);
    norm(`${at}.final_layer_norm`);
  }
}

const size = dtype === 'F32' ? 4 : 2;
const count = (shape) => shape.reduce((product, one) => product * one, 1);
let end = 0;
const header = {};
for (const [name, shape] of tensors) {
  header[name] = { dtype, shape, data_offsets: [end, end + size * count(shape)] };
  end += size * count(shape);
}
const json = Buffer.from(JSON.stringify(header));
const padded = Buffer.alloc(Math.ceil(json.length / 8) * 8, 0x20);
json.copy(padded);
const length = Buffer.alloc(8);
length.writeBigUInt64LE(BigInt(padded.length));
const file = openSync(path.join(folder, 'model.safetensors'), 'w');
writeSync(file, length);
writeSync(file, padded);
// Values of ±0.03 at most, norms near 1: a seeded walk through a table of bit patterns.
const pattern = (value) => {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0];
  if (dtype === 'BF16') return bits >>> 16;
  const exponent = ((bits >>> 23) & 255) - 112;
  return ((bits >>> 16) & 0x8000) | (exponent <= 0 ? 0 : (exponent << 10) | ((bits >>> 13) & 1023));
};
let state = 1;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const table = Array.from({ length: 4096 }, () => (random() - 0.5) * 0.06);
for (const [name, shape] of tensors) {
  const ones = name.endsWith('norm.weight');
  const out = size === 4 ? new Float32Array(count(shape)) : new Uint16Array(count(shape));
  const choices = table.map((value) => (size === 4 ? value + (ones ? 1 : 0) : pattern(value + (ones ? 1 : 0))));
  for (let i = 0; i < out.length; i++) out[i] = choices[(random() * 4096) | 0];
  writeSync(file, new Uint8Array(out.buffer));
}
closeSync(file);

const small = readFileSync(path.join(fixtures, 'unigram-nmt-nfkc.model'));
const pieces = ['</s>', '<unk>', ...piecesOf(small)];
const known = pieces.length;
for (let i = known; i < vocabulary - 1; i++) pieces.push(`\uE000${i}`);
pieces.push('<pad>');
// Each side's file has half of the vocabulary. Fields of a protobuf message may come in any order: more pieces go last.
for (const [side, name] of ['source.spm', 'target.spm'].entries()) {
  const more = pieces.slice(known, -1).filter((_, i) => i % 2 === side);
  writeFileSync(path.join(folder, name), Buffer.concat([small, ...more.map(pieceField)]));
}
// As Python writes it: ASCII alone, a space after each sign.
const ascii = (piece) =>
  JSON.stringify(piece).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
writeFileSync(path.join(folder, 'vocab.json'), `{${pieces.map((piece, id) => `${ascii(piece)}: ${id}`).join(', ')}}`);
console.log(`${folder}: ${((end + padded.length + 8) / 1e6).toFixed(1)} MB, ${tensors.size} tensors, ${dtype}`);

/** A piece as a field of ModelProto: its text, and its score as a 32-bit float. */
function pieceField(piece) {
  const text = Buffer.from(piece);
  const score = Buffer.alloc(4);
  score.writeFloatLE(-10);
  return Buffer.concat([Buffer.of(10, text.length + 7, 10, text.length), text, Buffer.of(0x15), score]);
}

/** Names of the pieces of a SentencePiece file whose pieces are all shorter than 128 bytes. */
function piecesOf(bytes) {
  const found = [];
  for (let at = 0; bytes[at] === 10; at += 2 + bytes[at + 1]) {
    const piece = bytes.subarray(at + 4, at + 4 + bytes[at + 3]).toString();
    if (!['<unk>', '<s>', '</s>'].includes(piece)) found.push(piece);
  }
  return found;
}
