import { onnxModel } from './onnx-model.mjs';

/**
 * Everyone who takes part: name → what makes it ready. Each then makes a task ready, and gives a function that does the task
 * once from 32-bit floats to 32-bit floats, and returns [outputs].
 *   attention: q, k, v [H, T, dₖ] → context [H, T, dₖ], weights [H, T, T]    product: a [m, k], b [k, n] → [m, n]
 *   forward: a model of opus-mt's shape, ids → the decoder's last states (ours alone)
 * `b` stands for a layer's weights: who can prepare them, may.
 */
export const CONTENDERS = {
  'ours, relaxed SIMD': () => ours('relaxed'),
  'ours, relaxed SIMD, 2 threads': () => ours('relaxed', 2),
  'ours, SIMD': () => ours('simd'),
  'ours, SIMD, 2 threads': () => ours('simd', 2),
  'ours, TypeScript': () => ours(undefined),
  'onnxruntime-web, 1 thread': () => onnxWeb(1),
  'onnxruntime-web, 2 threads': () => onnxWeb(2),
  'onnxruntime-node, 1 thread': onnxNode,
  'tfjs, WASM': () => tfjs('wasm'),
  'tfjs, plain': () => tfjs('cpu'),
  'ml-matrix': mlMatrix,
};

async function ours(name, threads = 1) {
  const { attendPlainly, kernelBytes, linear, matrix, opusMtShape, instantiateKernels, useKernels, WorkerPool } =
    await import('../dist/tmp/bench.mjs');
  let pool;
  const makePool = (...parts) => {
    pool = new WorkerPool(...parts);
    pool.resize(threads);
    return pool;
  };
  const kernels = name && instantiateKernels(name, kernelBytes, threads > 1 ? { makePool } : {});
  if (name && !kernels) throw new Error(`This engine does not run the ${name} kernels.`);
  useKernels(kernels);
  while (pool && pool.ensureThreads() < threads) await new Promise((resolve) => setTimeout(resolve, 10));
  return {
    attention({ heads, length, width, q, k, v }) {
      const side = (data) => matrix(length, heads * width, sideBySide(data, heads, length, width));
      const [Q, K, V] = [q, k, v].map(side);
      const input = {
        q: Q,
        k: K,
        v: V,
        heads,
        divisor: Math.sqrt(width),
        mask: undefined,
        bias: undefined,
        keep: true,
      };
      return () => {
        const { context, weights } = kernels ? kernels.attend(input) : attendPlainly(input);
        return [context.data, weights.map(({ data }) => data)];
      };
    },
    product({ m, k, n, a, b }) {
      const weight = matrix(n, k, turned(b, k, n));
      return () => [linear(matrix(m, k, a), { weight, bias: undefined }).data];
    },
    async forward({ source, target }) {
      const model = await opusMtShape();
      return async () => [(await model.forward(source, target)).decoderOutput.data];
    },
  };
}

async function onnxWeb(threads) {
  const { default: ort } = await import('onnxruntime-web');
  ort.env.wasm.numThreads = threads;
  return onnx(ort, { executionProviders: ['wasm'] });
}

async function onnxNode() {
  const { default: ort } = await import('onnxruntime-node');
  return onnx(ort, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' });
}

function onnx(ort, options) {
  const run = async (bytes, inputs) => {
    const session = await ort.InferenceSession.create(bytes, options);
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, [data, shape]]) => [name, new ort.Tensor('float32', data, shape)]),
    );
    return async () => {
      const found = await session.run(feeds);
      return ['c', 'w'].filter((name) => found[name]).map((name) => found[name].data);
    };
  };
  return {
    attention({ heads, length, width, q, k, v }) {
      const shape = [heads, length, width];
      const nodes = [
        ['Transpose', ['k'], ['kt'], { perm: [0, 2, 1] }],
        ['MatMul', ['q', 'kt'], ['s']],
        ['Mul', ['s', 'scale'], ['scaled']],
        ['Softmax', ['scaled'], ['w'], { axis: 2 }],
        ['MatMul', ['w', 'v'], ['c']],
      ];
      const outputs = { c: shape, w: [heads, length, length] };
      const bytes = onnxModel(nodes, { q: shape, k: shape, v: shape }, outputs, { scale: 1 / Math.sqrt(width) });
      return run(bytes, { q: [q, shape], k: [k, shape], v: [v, shape] });
    },
    product({ m, k, n, a, b }) {
      const bytes = onnxModel([['MatMul', ['a', 'b'], ['c']]], { a: [m, k], b: [k, n] }, { c: [m, n] });
      return run(bytes, { a: [a, [m, k]], b: [b, [k, n]] });
    },
  };
}

async function tfjs(kind) {
  const tf = await import('@tensorflow/tfjs');
  if (kind === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(new URL('node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname);
  }
  if (!(await tf.setBackend(kind))) throw new Error(`tfjs has no backend ${kind}.`);
  await tf.ready();
  const once = (work) => () => {
    const tensors = tf.tidy(work);
    const found = tensors.map((tensor) => tensor.dataSync());
    tf.dispose(tensors);
    return found;
  };
  return {
    attention({ heads, length, width, q, k, v }) {
      const [Q, K, V] = [q, k, v].map((data) => tf.tensor3d(data, [heads, length, width]));
      return once(() => {
        const weights = tf.softmax(tf.mul(tf.matMul(Q, K, false, true), 1 / Math.sqrt(width)));
        return [tf.matMul(weights, V), weights];
      });
    },
    product({ m, k, n, a, b }) {
      const [A, B] = [tf.tensor2d(a, [m, k]), tf.tensor2d(b, [k, n])];
      return once(() => [tf.matMul(A, B)]);
    },
  };
}

async function mlMatrix() {
  const { Matrix } = await import('ml-matrix');
  const of = (data, rows, cols) => Matrix.from1DArray(rows, cols, data);
  return {
    attention({ heads, length, width, q, k, v }) {
      const size = length * width;
      const parts = Array.from({ length: heads }, (_, h) =>
        [q, k, v].map((data) => of(data.subarray(h * size, (h + 1) * size), length, width)),
      );
      return () => {
        const done = parts.map(([Q, K, V]) => {
          const weights = Q.mmul(K.transpose()).mul(1 / Math.sqrt(width));
          for (let row = 0; row < length; row++) {
            const values = weights.getRow(row);
            const most = values.reduce((a, b) => Math.max(a, b));
            const exps = values.map((x) => Math.exp(x - most));
            const sum = exps.reduce((a, b) => a + b);
            weights.setRow(
              row,
              exps.map((e) => e / sum),
            );
          }
          return [weights.mmul(V), weights];
        });
        return [0, 1].map((which) => Float32Array.from(done.flatMap((pair) => pair[which].to1DArray())));
      };
    },
    product({ m, k, n, a, b }) {
      const [A, B] = [of(a, m, k), of(b, k, n)];
      return () => [Float32Array.from(A.mmul(B).to1DArray())];
    },
  };
}

/** [H, T, d] → [T, H·d] */
function sideBySide(data, heads, length, width) {
  const out = new Float32Array(data.length);
  for (let h = 0; h < heads; h++) {
    for (let t = 0; t < length; t++) {
      out.set(data.subarray((h * length + t) * width, (h * length + t + 1) * width), (t * heads + h) * width);
    }
  }
  return out;
}

/** [k, n] → [n, k] */
function turned(data, k, n) {
  return Float32Array.from({ length: n * k }, (_, at) => data[(at % k) * n + Math.floor(at / k)]);
}
