import { decode as decodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { ExplorerError } from '../../contract/error.ts';
import type { Picture } from './picture.ts';
import { pictureSize } from './picture-size.ts';
import { plainPng } from './plain-png.ts';

/** Pixels of the largest picture that is decoded: 40 megapixels, 120 MB as RGB. */
const MOST_PIXELS = 40e6;

/** Megabytes that decoding a JPEG may take. */
const MOST_MEGABYTES = 1024;

/**
 * Reads a PNG or JPEG. Transparency lies on white; 16 bits become 8; greys and palettes become RGB.
 * @param file its name, for messages    @throws ExplorerError 'input-file'; its size is checked before it is decoded
 */
export function readPicture(bytes: Uint8Array, file: string): Picture {
  const found = pictureSize(bytes);
  if (!found) return fail(file, 'it is neither a PNG nor a JPEG');
  const { kind, width, height } = found;
  if (width < 1 || height < 1 || width * height > MOST_PIXELS) {
    return fail(file, `it is ${width} × ${height}, and at most ${MOST_PIXELS / 1e6} megapixels are read`);
  }
  try {
    return kind === 'png' ? png(plainPng(bytes, width, height)) : jpeg(bytes);
  } catch (error) {
    return fail(file, error instanceof Error ? error.message : String(error));
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
    if (palette && !colour) throw new Error('a pixel has a colour that is not in the palette');
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

function jpeg(bytes: Uint8Array): Picture {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    maxResolutionInMP: MOST_PIXELS / 1e6,
    maxMemoryUsageInMB: MOST_MEGABYTES,
  });
  return { width, height, pixels: data };
}

function fail(file: string, reason: string): never {
  throw new ExplorerError(
    'input-file',
    `${file} can't be read as a picture: ${reason}. Save it as a PNG or JPEG of ordinary size.`,
    { file, reason },
  );
}
