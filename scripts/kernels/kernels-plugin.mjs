import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileKernels, KERNELS } from './compile-kernels.mjs';

const JPEG = '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';

/**
 * esbuild: puts WebAssembly modules as bytes into the bundle, for `import bytes from 'kernels.wasm'` (compiled where they
 * changed) and for that of the JPEG decoder.
 */
export const kernelsPlugin = {
  name: 'kernels',
  setup(build) {
    build.onResolve({ filter: /^kernels(-relaxed)?(-shared)?\.wasm$/ }, ({ path }) => ({ path, namespace: 'kernels' }));
    build.onLoad({ filter: /.*/, namespace: 'kernels' }, async ({ path }) => {
      const set = Object.keys(KERNELS).find((name) => KERNELS[name].file === path);
      return bytesModule(await compileKernels(set));
    });
    const jpegPath = createRequire(import.meta.url).resolve(JPEG);
    build.onResolve({ filter: /\.wasm$/ }, ({ path }) => (path === JPEG ? { path: jpegPath } : undefined));
    build.onLoad({ filter: /\bmozjpeg_dec\.wasm$/ }, () => bytesModule(readFileSync(jpegPath)));
  },
};

/** Not the loader 'binary', which without a target takes Uint8Array.fromBase64, newer than our engines. */
function bytesModule(bytes) {
  const base64 = bytes.toString('base64');
  return { contents: `export default Uint8Array.from(atob('${base64}'), (byte) => byte.charCodeAt(0));` };
}
