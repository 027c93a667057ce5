import { createRequire } from 'node:module';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { kernelsPlugin } from '../../../../scripts/kernels/kernels-plugin.mjs';
import { readPicture } from '../../../../src/input/image/image-file.ts';
import { fixture } from '../fixture.ts';

/** As in browsers, what it has are getters of its class, not fields of its own. */
class BrowserImageData {
  readonly #data: Uint8ClampedArray;
  readonly #width: number;
  readonly #height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.#data = data;
    this.#width = width;
    this.#height = height;
  }

  get data() {
    return this.#data;
  }

  get width() {
    return this.#width;
  }

  get height() {
    return this.#height;
  }
}

/** What a worker of a browser has; neither fetch, XMLHttpRequest nor anything of Node. */
const browser = () => ({
  atob,
  console,
  TextDecoder,
  TextEncoder,
  WebAssembly,
  importScripts: () => undefined,
  location: { href: 'blob:null/worker' },
  ImageData: BrowserImageData,
});
const node = () => ({
  require: createRequire(import.meta.url),
  atob,
  console,
  process,
  TextDecoder,
  TextEncoder,
  WebAssembly,
});

test.each([
  ['a worker of a browser', browser, 'iife', { process: 'undefined' }],
  ['a thread of Node', node, 'cjs', undefined],
] as const)(
  'a bundle decodes JPEGs in %s, without eval and without asking for a file',
  async (_, globals, format, define) => {
    const { outputFiles, warnings } = await build({
      stdin: {
        contents: "import { readPicture } from './image-file.ts'; globalThis.readPicture = readPicture;",
        resolveDir: path.resolve(import.meta.dirname, '../../../../src/input/image'),
      },
      bundle: true,
      write: false,
      platform: format === 'cjs' ? 'node' : 'browser',
      mainFields: ['module', 'main'],
      format,
      define,
      plugins: [kernelsPlugin],
      logLevel: 'silent',
    });
    expect(warnings.map(({ text }) => text)).toEqual([]);
    const context = createContext({ ...globals(), module: {} }, { codeGeneration: { strings: false, wasm: true } });
    runInContext('globalThis.self = globalThis.importScripts && globalThis', context);
    runInContext(outputFiles[0]!.text, context);
    const read = context.readPicture as typeof readPicture;
    const { pixels } = await read(fixture('jpeg/420.jpg'), 'x.jpg');
    const expected = await readPicture(fixture('jpeg/420.png'), 'x.png');
    expect(Buffer.compare(pixels, expected.pixels)).toBe(0);
  },
);
