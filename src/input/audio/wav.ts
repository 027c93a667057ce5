import { ExplorerError, type Message, message } from '../../contract/error.ts';

/** A sound: samples in −1 … 1, the channels averaged into one. */
export interface Sound {
  readonly samples: Float32Array;
  /** Samples a second, Hz. */
  readonly rate: number;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const HEADER = 12;
const CHUNK_HEADER = 8;

/**
 * Reads a WAV file (RIFF): PCM of 8, 16, 24 or 32 bits and floats of 32 or 64, any number of channels.
 * @param bytes the whole file    @param file its name, for messages
 * @param seconds the sound is cut after these    @throws ExplorerError 'input-file'
 */
export function readWav(bytes: Uint8Array, file: string, seconds = Number.POSITIVE_INFINITY): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || word(view, 0) !== 'RIFF' || word(view, 8) !== 'WAVE')
    fail(file, message('it is no WAV file'));
  let format: Format | undefined;
  for (let at = HEADER; at + CHUNK_HEADER <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const body = at + CHUNK_HEADER;
    const name = word(view, at);
    if (name === 'fmt ') format = readFormat(view, body, Math.min(size, bytes.length - body), file);
    if (name === 'data') {
      if (!format) fail(file, message('its samples come before their format'));
      // Writers that were cut off, or that streamed, leave a size that is too large: what is there counts.
      return samplesOf(view, body, Math.min(size, bytes.length - body), format, seconds);
    }
    at = body + size + (size % 2);
  }
  return fail(file, message('it holds no samples'));
}

interface Format {
  readonly float: boolean;
  readonly channels: number;
  readonly rate: number;
  /** Bytes of one sample of one channel. */
  readonly width: number;
}

function readFormat(view: DataView, at: number, size: number, file: string): Format {
  if (size < 16) fail(file, message('its format is cut off'));
  const tag = view.getUint16(at, true);
  const kind = tag === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : tag;
  const [channels, rate, bits] = [
    view.getUint16(at + 2, true),
    view.getUint32(at + 4, true),
    view.getUint16(at + 14, true),
  ];
  const known = (kind === PCM && [8, 16, 24, 32].includes(bits)) || (kind === FLOAT && [32, 64].includes(bits));
  if (!known) fail(file, message('its samples are of kind {kind} with {bits} bits', { kind, bits }));
  if (channels < 1 || channels > 64) fail(file, message('it has {channels} channels', { channels }));
  if (rate < 1000 || rate > 768_000) fail(file, message('it has {rate} samples a second', { rate }));
  return { float: kind === FLOAT, channels, rate, width: bits / 8 };
}

function samplesOf(view: DataView, start: number, size: number, format: Format, seconds: number): Sound {
  const { channels, rate, width } = format;
  const frame = channels * width;
  const count = Math.floor(Math.min(size / frame, seconds * rate));
  const samples = new Float32Array(count);
  const read = reader(view, format);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(start + i * frame + channel * width);
    samples[i] = sum / channels;
  }
  return { samples, rate };
}

function reader(view: DataView, { float, width }: Format): (at: number) => number {
  if (float) return width === 4 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true);
  if (width === 1) return (at) => (view.getUint8(at) - 128) / 128;
  if (width === 2) return (at) => view.getInt16(at, true) / 32_768;
  if (width === 3) return (at) => ((view.getInt16(at + 1, true) << 8) | view.getUint8(at)) / 8_388_608;
  return (at) => view.getInt32(at, true) / 2_147_483_648;
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

function fail(file: string, reason: Message): never {
  throw new ExplorerError(
    'input-file',
    "{file} can't be read as sound: {reason}. Save it as a WAV file of 16-bit PCM.",
    { file, reason },
  );
}
