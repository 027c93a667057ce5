import { compileKernels, KERNELS } from './compile-kernels.mjs';

/** esbuild: `import bytes from 'kernels.wasm'` compiles the kernels where they changed and puts them into the bundle. */
export const kernelsPlugin = {
  name: 'kernels',
  setup(build) {
    build.onResolve({ filter: /^kernels(-relaxed)?\.wasm$/ }, ({ path }) => ({ path, namespace: 'kernels' }));
    build.onLoad({ filter: /.*/, namespace: 'kernels' }, async ({ path }) => {
      const set = Object.keys(KERNELS).find((name) => KERNELS[name].file === path);
      return { contents: await compileKernels(set), loader: 'binary' };
    });
  },
};
