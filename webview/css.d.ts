/** Style sheets are bundled by esbuild; a module of them has no exports. */
declare module '*.css';
