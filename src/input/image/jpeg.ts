import decode, { init } from '@jsquash/jpeg/decode.js';
import { Problem } from '../../contract/error.ts';

/** RGBA, 8 bits each; rows from the top. */
interface DecodedJpeg {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

let compiled: WebAssembly.Module | undefined;

/**
 * Decodes a JPEG bit for bit as libjpeg does, which models' pictures are read with elsewhere. Its Exif orientation is ignored.
 * @param bytes their width and height must have been checked    @throws Problem, Error where it is damaged
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<DecodedJpeg> {
  compiled ??= new WebAssembly.Module(await decoderBytes());
  const module = compiled;
  const said: string[] = [];
  // An instance of its own for each picture: memory never shrinks, and an error leaves the decoder as it is.
  await init({
    instantiateWasm(imports: WebAssembly.Imports, ready: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      ready(instance);
      return instance.exports;
    },
    locateFile: (name: string) => name, // A bundle has no address to look for the file at.
    print: () => undefined,
    printErr: (line: string) => said.push(line),
  } as Parameters<typeof init>[0]);
  const picture = await decode(new Uint8Array(bytes).buffer).catch(() => undefined);
  // Only a warning there: what is missing would be grey.
  if (said.some((line) => line.startsWith('Premature end'))) throw new Problem('it is cut off');
  if (!picture) throw new Error(said.at(-1) ?? 'JPEG');
  return picture;
}

/** Loaded with the first JPEG. */
async function decoderBytes(): Promise<Uint8Array<ArrayBuffer>> {
  const { default: bytes } = await import('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
  return bytes as Uint8Array<ArrayBuffer>;
}
