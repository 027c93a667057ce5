import { decode as decodePng } from 'fast-png';
import { Unzlib } from 'fflate';
import { joinBytes } from '../../base/bytes.ts';
import { ExplorerError, type Message, message, Problem, reasonOf } from '../../contract/error.ts';
import { decodeJpeg } from './jpeg.ts';

/** Pixels of the largest picture that is decoded: 40 megapixels, 120 MB as RGB. */
const MOST_PIXELS = 40e6;

/**
 * Reads a PNG or JPEG. Transparency lies on white; 16 bits become 8; greys and palettes become RGB.
 * @param file its name, for messages    @throws ExplorerError 'input-file'; its size is checked before it is decoded
 */
export async function readPicture(bytes: Uint8Array, file: string): Promise<Picture> {
  const found = pictureSize(bytes);
  if (!found) return fail(file, message('it is neither a PNG nor a JPEG'));
  const { kind, width, height } = found;
  if (width < 1 || height < 1 || width * height > MOST_PIXELS) {
    return fail(
      file,
      message('it is {width} × {height}, and at most {most} megapixels are read', {
        width,
        height,
        most: MOST_PIXELS / 1e6,
      }),
    );
  }
  try {
    return kind === 'png' ? png(plainPng(bytes, width, height)) : await jpeg(bytes, found);
  } catch (error) {
    return fail(file, reasonOf(error));
  }
}

function png(bytes: Uint8Array): Picture {
  const { width, height, data, channels, depth, palette, transparency } = decodePng(bytes, { checkCrc: true });
  const most = 2 ** depth - 1;
  const pixels = new Uint8Array(width * height * 3);
  const value = (i: number) => Math.round((data[i] * 255) / most);
  for (let i = 0; i < width * height; i++) {
    const from = i * channels;
    const colour = palette ? palette[data[from]] : undefined;
    if (palette && !colour) throw new Problem('a pixel has a colour that is not in the palette');
    const grey = channels < 3;
    const rgb =
      colour ?? (grey ? [value(from), value(from), value(from)] : [value(from), value(from + 1), value(from + 2)]);
    const see = colour ? (colour[3] ?? 255) : channels === 2 ? value(from + 1) : channels === 4 ? value(from + 3) : 255;
    const opaque = transparency && !palette && isThrough(data, from, channels, transparency) ? 0 : see;
    for (let c = 0; c < 3; c++) pixels[i * 3 + c] = Math.round((rgb[c] * opaque + 255 * (255 - opaque)) / 255);
  }
  return { width, height, pixels };
}

/** The one colour that a PNG without an alpha channel may call transparent. */
function isThrough(data: ArrayLike<number>, from: number, channels: number, transparency: ArrayLike<number>): boolean {
  for (let c = 0; c < Math.min(channels, transparency.length); c++)
    if (data[from + c] !== transparency[c]) return false;
  return true;
}

async function jpeg(bytes: Uint8Array, { width, height, components }: PictureSize): Promise<Picture> {
  if (components === CMYK) throw new Problem('its colors are CMYK, and only RGB and grey are read');
  const decoded = await decodeJpeg(bytes);
  if (decoded.width !== width || decoded.height !== height) throw new Problem('it has two headers');
  const { data } = decoded;
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < pixels.length; from += 4) {
    for (let c = 0; c < 3; c++) pixels[to++] = data[from + c];
  }
  return { width, height, pixels };
}

function fail(file: string, reason: string | Message): never {
  throw new ExplorerError(
    'input-file',
    "{file} can't be read as a picture: {reason}. Save it as a PNG or JPEG of ordinary size.",
    { file, reason },
  );
}

/** What a picture is made of; everything else (profiles, texts, thumbnails, animations) is left out unread. */
const NEEDED = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];
const SIGNATURE = 8;
const FRAME = 12;
/** Bytes a pixel at most: RGBA of 16 bits; and rows of an interlaced picture that begin with a byte of their own. */
const PIXEL = 8;

/**
 * The same PNG with nothing in it but the picture, and that no larger than its header says: a small file can't blow up
 * into gigabytes.
 * @param width pixels, as the header says    @throws Problem where it is damaged or holds too much
 */
function plainPng(bytes: Uint8Array, width: number, height: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE)];
  const most = (width * PIXEL + 1) * height * 2 + 1024;
  const inflated = counter(most);
  let headers = 0;
  for (let at = SIGNATURE; at + FRAME <= bytes.length; ) {
    const size = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + FRAME + size;
    if (end > bytes.length) throw new Problem('it is cut off');
    if (name === 'IHDR' && (++headers > 1 || at !== SIGNATURE)) throw new Problem('it has two headers');
    if (name === 'IDAT') inflated(bytes.subarray(at + 8, at + 8 + size));
    if (NEEDED.includes(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IEND') break;
    at = end;
  }
  return joinBytes(kept);
}

/** Inflates piece by piece without keeping anything, and counts. */
function counter(most: number): (piece: Uint8Array) => void {
  let count = 0;
  const stream = new Unzlib((piece) => {
    count += piece.length;
    if (count > most) throw new Problem('its pixels are more than its header says');
  });
  // Small pieces: what one of them becomes is bounded too (deflate makes at most about 1,030 bytes of one).
  return (piece) => {
    for (let at = 0; at < piece.length; at += 4096) stream.push(piece.subarray(at, at + 4096));
  };
}

/** Width and height that the file's own header names, before anything is decoded. */
interface PictureSize {
  readonly kind: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
  /** Of a JPEG's pixels: 1 for grey, 3 for colors. */
  readonly components?: number;
}

const CMYK = 4;

const PNG = [137, 80, 78, 71, 13, 10, 26, 10];

/** @returns undefined where the bytes are neither a PNG nor a JPEG with a frame */
function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && PNG.every((byte, i) => bytes[i] === byte)) {
    return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSize(view) : undefined;
}

/**
 * Walks the markers to the start of a frame (SOF0 … SOF15 besides DHT, JPG and DAC), just as libjpeg does: it must not come
 * to another frame, whose size was not checked.
 */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; at + 10 <= view.byteLength; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0) return undefined;
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { kind: 'jpeg', width, height, components: view.getUint8(at + 9) };
    }
    const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    if (marker === 0xff) at++;
    else at += alone ? 2 : 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}

/** A picture: rows from the top, RGB, 8 bits each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** [height][width][3] */
  readonly pixels: Uint8Array;
}
