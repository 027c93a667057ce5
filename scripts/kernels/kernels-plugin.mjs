import { compileKernels, KERNELS } from './compile-kernels.mjs';

/** esbuild: `import bytes from 'kernels.wasm'` compiles the kernels where they changed and puts them into the bundle. */
export const kernelsPlugin = {
  name: 'kernels',
  setup(build) {
    build.onResolve({ filter: /^kernels(-relaxed)?(-shared)?\.wasm$/ }, ({ path }) => ({ path, namespace: 'kernels' }));
    build.onLoad({ filter: /.*/, namespace: 'kernels' }, async ({ path }) => {
      const set = Object.keys(KERNELS).find((name) => KERNELS[name].file === path);
      const base64 = (await compileKernels(set)).toString('base64');
      // Not the loader 'binary', which without a target takes Uint8Array.fromBase64, newer than our engines.
      return { contents: `export default Uint8Array.from(atob('${base64}'), (byte) => byte.charCodeAt(0));` };
    });
  },
};
