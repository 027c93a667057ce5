import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import encode, { init } from '@jsquash/jpeg/encode.js';

interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

const file = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm');
let started: Promise<void> | undefined;

/** @param quality 0 to 100    @returns a JPEG of a picture */
export async function encodeJpeg(picture: Rgba, quality: number): Promise<Uint8Array> {
  const start = init as unknown as (module: WebAssembly.Module) => Promise<void>;
  started ??= start(new WebAssembly.Module(readFileSync(file)));
  await started;
  return new Uint8Array(await encode({ ...picture, colorSpace: 'srgb' } as ImageData, { quality }));
}
