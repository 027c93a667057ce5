import { CharMap } from '../character-map.ts';
import { tokenizerFileError } from '../tokenizer-file-error.ts';
import { JoinedTexts } from './joined-texts.ts';
import { ProtoCursor, ProtoError, type ProtoField, protoFields } from './proto-fields.ts';
import { type PieceList, usualPieces } from './usual-pieces.ts';

/** ModelProto.SentencePiece.Type */
export const PieceType = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

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
    const problem = error instanceof ProtoError ? error.message : error instanceof TypeError ? NOT_TEXT : undefined;
    if (problem === undefined) throw error;
    throw tokenizerFileError(file, problem);
  }
}

const NOT_TEXT = 'a piece of it is not UTF-8 text';

const NO_TEXT = 'a text in it is a number';

function read(bytes: Uint8Array): ModelProto {
  const list: PieceList = { places: [], scores: [], types: [] };
  const { places, scores, types } = list;
  let trainer = { type: 'unigram', byteFallback: false, whitespaceAsSuffix: false };
  let normalizer = readNormalizer(new Uint8Array());
  const [fields, parts] = [new ProtoCursor(bytes), new ProtoCursor(bytes)];
  for (;;) {
    fields.over(usualPieces(bytes, fields.at, list, MAX_PIECES), bytes.length);
    if (!fields.next()) break;
    const { field, from, to } = fields;
    if (from < 0) {
      if (field <= 5) throw new ProtoError('it is no SentencePiece model');
    } else if (field === 1) {
      parts.over(from, to);
      const { first, end, score, type } = readPiece(parts);
      if (places.push(first, end) > 2 * MAX_PIECES) throw new ProtoError(`it has more than ${MAX_PIECES} pieces`);
      scores.push(score);
      types.push(type);
    } else if (field === 2) trainer = readTrainer(bytes.subarray(from, to));
    else if (field === 3) normalizer = readNormalizer(bytes.subarray(from, to));
  }
  if (places.length === 0) throw new ProtoError('it has no pieces');
  const texts = new JoinedTexts(bytes, places);
  const { type, byteFallback, whitespaceAsSuffix } = trainer;
  if (type !== 'unigram' && type !== 'bpe') throw new ProtoError(`its type is ${type}; unigram and bpe can be read`);
  const unknown = types.indexOf(PieceType.unknown);
  if (unknown < 0) throw new ProtoError('it has no unknown piece');
  if (types.indexOf(PieceType.unknown, unknown + 1) >= 0) throw new ProtoError('it has two unknown pieces');
  if (byteFallback) {
    const bytePieces = new Set(texts.all().filter((_, id) => types[id] === PieceType.byte));
    if (!BYTE_PIECES.every((piece) => bytePieces.has(piece))) {
      throw new ProtoError('it lacks pieces for some of the 256 bytes');
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
function readPiece(parts: ProtoCursor) {
  let [first, end] = [0, 0];
  let score = 0;
  let type: number = PieceType.normal;
  while (parts.next()) {
    if (parts.field === 1) {
      if (parts.from < 0) throw new ProtoError(NO_TEXT);
      [first, end] = [parts.from, parts.to];
      if (end - first >= MAX_PIECE_BYTES) throw new ProtoError(`a piece of it has ${end - first} bytes`);
    } else if (parts.field === 2) score = parts.float;
    else if (parts.field === 3) type = parts.number;
  }
  if (first === end) throw new ProtoError('a piece of it is empty');
  const name = () => new JoinedTexts(parts.bytes, [first, end]).text.slice(0, 40);
  if (!Number.isFinite(score)) throw new ProtoError(`the score of “${name()}” is not a number`);
  if (!(type >= 1 && type <= 6)) throw new ProtoError(`“${name()}” is of the unknown type ${type}`);
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
      if (blob.length > 0 && charMap === undefined) throw new ProtoError('its table of characters is damaged');
    } else if (one.field === 3) found.addDummyPrefix = one.number !== 0;
    else if (one.field === 4) found.removeExtraWhitespaces = one.number !== 0;
    else if (one.field === 5) found.escapeWhitespaces = one.number !== 0;
  }
  return { charMap, ...found };
}

function text({ bytes }: ProtoField): Uint8Array {
  if (bytes === undefined) throw new ProtoError(NO_TEXT);
  return bytes;
}
