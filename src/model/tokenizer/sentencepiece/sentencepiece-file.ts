import { message, Problem, reasonOf } from '../../../contract/error.ts';
import { CharMap } from '../character-map.ts';
import { tokenizerFileError } from '../tokenizer-files.ts';
import { FieldReader, type ProtoField, protoFields } from './protobuf-fields.ts';

/** ModelProto.SentencePiece.Type */
export const TokenType = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/** How text is prepared: NormalizerSpec, and one setting of TrainerSpec. */
export interface NormalizerSpec {
  /** undefined: characters stay as they are. */
  readonly charMap: CharMap | undefined;
  readonly addDummyPrefix: boolean;
  readonly removeExtraWhitespaces: boolean;
  readonly escapeWhitespaces: boolean;
  readonly whitespaceAsSuffix: boolean;
}

/** What a SentencePiece model file says. Ids are places in `pieces`. */
export interface ModelProto {
  readonly pieces: readonly string[];
  /** The same, not taken apart yet. */
  readonly texts: JoinedTexts;
  /** ln p of unigram pieces; of BPE pieces the larger, the earlier they merge. */
  readonly scores: Float32Array;
  /** PieceType of each piece. */
  readonly types: Uint8Array;
  readonly unknown: number;
  readonly type: 'unigram' | 'bpe';
  readonly byteFallback: boolean;
  readonly normalizer: NormalizerSpec;
}

/** More pieces than any published model has, longer ones than sentencepiece itself allows. */
const MAX_PIECES = 2 ** 20;
const MAX_PIECE_BYTES = 8000;
const MODEL_TYPES: Readonly<Record<number, string>> = { 1: 'unigram', 2: 'bpe', 3: 'word', 4: 'char' };

const BYTE_PIECES = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);

/**
 * Reads a SentencePiece model file, strictly: it may come from anywhere.
 * @param file for messages
 * @throws ExplorerError tokenizer-file
 * Source: sentencepiece_model.proto
 */
export function readModelProto(bytes: Uint8Array, file: string): ModelProto {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw tokenizerFileError(file, message('a piece of it is not UTF-8 text'));
    if (!(error instanceof Problem)) throw error;
    throw tokenizerFileError(file, reasonOf(error));
  }
}

const NO_TEXT = 'a text in it is a number';

function read(bytes: Uint8Array): ModelProto {
  /** [from, to) of each text among the file's bytes, one after the other. */
  const places: number[] = [];
  const scores: number[] = [];
  const types: number[] = [];
  let trainer = { type: 'unigram', byteFallback: false, whitespaceAsSuffix: false };
  let normalizer = readNormalizer(new Uint8Array());
  const fields = new FieldReader(bytes);
  const parts = new FieldReader(bytes);
  while (fields.next()) {
    const { field, from, to } = fields;
    if (from < 0) {
      if (field <= 5) throw new Problem('it is no SentencePiece model');
    } else if (field === 1) {
      parts.moveTo(from, to);
      const { first, end, score, type } = readPiece(parts);
      if (places.push(first, end) > 2 * MAX_PIECES) {
        throw new Problem('it has more than {most} pieces', { most: MAX_PIECES });
      }
      scores.push(score);
      types.push(type);
    } else if (field === 2) trainer = readTrainer(bytes.subarray(from, to));
    else if (field === 3) normalizer = readNormalizer(bytes.subarray(from, to));
  }
  if (places.length === 0) throw new Problem('it has no pieces');
  const texts = new JoinedTexts(bytes, places);
  const { type, byteFallback, whitespaceAsSuffix } = trainer;
  if (type !== 'unigram' && type !== 'bpe') {
    throw new Problem('its type is {type}; unigram and bpe can be read', { type });
  }
  const unknown = types.indexOf(TokenType.unknown);
  if (unknown < 0) throw new Problem('it has no unknown piece');
  if (types.indexOf(TokenType.unknown, unknown + 1) >= 0) throw new Problem('it has two unknown pieces');
  if (byteFallback) {
    const bytePieces = new Set(texts.all().filter((_, id) => types[id] === TokenType.byte));
    if (!BYTE_PIECES.every((piece) => bytePieces.has(piece))) {
      throw new Problem('it lacks pieces for some of the 256 bytes');
    }
  }
  return {
    texts,
    get pieces() {
      return texts.all();
    },
    scores: Float32Array.from(scores),
    types: Uint8Array.from(types),
    unknown,
    type,
    byteFallback,
    normalizer: { ...normalizer, whitespaceAsSuffix },
  };
}

/** @returns its text as a place in the bytes, its score and type */
function readPiece(parts: FieldReader) {
  let [first, end] = [0, 0];
  let score = 0;
  let type: number = TokenType.normal;
  while (parts.next()) {
    if (parts.field === 1) {
      if (parts.from < 0) throw new Problem(NO_TEXT);
      [first, end] = [parts.from, parts.to];
      if (end - first >= MAX_PIECE_BYTES) throw new Problem('a piece of it has {bytes} bytes', { bytes: end - first });
    } else if (parts.field === 2) score = parts.float;
    else if (parts.field === 3) type = parts.number;
  }
  if (first === end) throw new Problem('a piece of it is empty');
  const name = () => new JoinedTexts(parts.bytes, [first, end]).text.slice(0, 40);
  if (!Number.isFinite(score)) throw new Problem('the score of “{piece}” is not a number', { piece: name() });
  if (!(type >= 1 && type <= 6)) throw new Problem('“{piece}” is of the unknown type {type}', { piece: name(), type });
  return { first, end, score, type };
}

function readTrainer(message: Uint8Array) {
  const found = { type: 'unigram', byteFallback: false, whitespaceAsSuffix: false };
  for (const { field, number } of protoFields(message)) {
    if (field === 3) found.type = MODEL_TYPES[number] ?? String(number);
    else if (field === 24) found.whitespaceAsSuffix = number !== 0;
    else if (field === 35) found.byteFallback = number !== 0;
  }
  return found;
}

function readNormalizer(message: Uint8Array): Omit<NormalizerSpec, 'whitespaceAsSuffix'> {
  let charMap: CharMap | undefined;
  const found = { addDummyPrefix: true, removeExtraWhitespaces: true, escapeWhitespaces: true };
  for (const one of protoFields(message)) {
    if (one.field === 2) {
      const blob = text(one);
      charMap = blob.length === 0 ? undefined : CharMap.read(blob);
      if (blob.length > 0 && charMap === undefined) throw new Problem('its table of characters is damaged');
    } else if (one.field === 3) found.addDummyPrefix = one.number !== 0;
    else if (one.field === 4) found.removeExtraWhitespaces = one.number !== 0;
    else if (one.field === 5) found.escapeWhitespaces = one.number !== 0;
  }
  return { charMap, ...found };
}

function text({ bytes }: ProtoField): Uint8Array {
  if (bytes === undefined) throw new Problem(NO_TEXT);
  return bytes;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Many short texts in one, taken out of it as they are needed: a hundred thousand strings are slow to make. */
class JoinedTexts {
  /** All of them, one behind the other. */
  readonly text: string;
  /** Where each ends in it. */
  readonly ends: Uint32Array;
  #all: readonly string[] | undefined;

  /**
   * @param bytes UTF-8    @param places [from, to) of each text among the bytes, one after the other
   * @throws TypeError when one of them is not UTF-8
   */
  constructor(bytes: Uint8Array, places: readonly number[]) {
    let size = 0;
    for (let i = 0; i < places.length; i += 2) size += places[i + 1] - places[i];
    const joined = new Uint8Array(size);
    this.ends = new Uint32Array(places.length / 2);
    let units = 0;
    let to = 0;
    for (let i = 0; i < places.length; i += 2) {
      const first = places[i];
      const end = places[i + 1];
      // What follows a cut-off character must not complete it; everything else that is wrong is so in the whole as well.
      if (first < end && (bytes[first] & 0xc0) === 0x80) throw new TypeError('A text begins within a character.');
      for (let at = first; at < end; at++) {
        const byte = bytes[at];
        joined[to++] = byte;
        if ((byte & 0xc0) !== 0x80) units += byte < 0xf0 ? 1 : 2;
      }
      this.ends[i / 2] = units;
    }
    this.text = utf8.decode(joined);
  }

  /** Where text i begins. */
  start(i: number): number {
    return i === 0 ? 0 : this.ends[i - 1];
  }

  at(i: number): string {
    return this.text.slice(this.start(i), this.ends[i]);
  }

  all(): readonly string[] {
    this.#all ??= Array.from(this.ends, (_, i) => this.at(i));
    return this.#all;
  }
}
