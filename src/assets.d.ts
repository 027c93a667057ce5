/** A WebAssembly module's bytes, put into the bundle (scripts/kernels/kernels-plugin.mjs). */
declare module '*.wasm' {
  const bytes: Uint8Array;
  export default bytes;
}

/** Style sheets are bundled by esbuild; a module of them has no exports. */
declare module '*.css';
