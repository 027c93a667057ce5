import { Unzlib } from 'fflate';
import { joinBytes } from '../../base/bytes.ts';

/** What a picture is made of; everything else (profiles, texts, thumbnails, animations) is left out unread. */
const NEEDED = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

const SIGNATURE = 8;

const FRAME = 12;

/** Bytes a pixel at most: RGBA of 16 bits; and rows of an interlaced picture that begin with a byte of their own. */
const PIXEL = 8;

/**
 * The same PNG with nothing in it but the picture, and that no larger than its header says: a small file can't blow up
 * into gigabytes.
 * @param width pixels, as the header says    @throws Error in words where it is damaged or holds too much
 */
export function plainPng(bytes: Uint8Array, width: number, height: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE)];
  const most = (width * PIXEL + 1) * height * 2 + 1024;
  const inflated = counter(most);
  let headers = 0;
  for (let at = SIGNATURE; at + FRAME <= bytes.length; ) {
    const size = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + FRAME + size;
    if (end > bytes.length) throw new Error('it is cut off');
    if (name === 'IHDR' && (++headers > 1 || at !== SIGNATURE)) throw new Error('it has two headers');
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
    if (count > most) throw new Error('its pixels are more than its header says');
  });
  // Small pieces: what one of them becomes is bounded too (deflate makes at most about 1,030 bytes of one).
  return (piece) => {
    for (let at = 0; at < piece.length; at += 4096) stream.push(piece.subarray(at, at + 4096));
  };
}
