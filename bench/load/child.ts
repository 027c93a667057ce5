import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import simd from 'kernels.wasm';
import relaxed from 'kernels-relaxed.wasm';
import { nodeFiles } from '../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../src/model/loading/load-model.ts';
import { run } from '../../src/run/run-pair.ts';
import { useKernels } from '../../src/tensor/kernels.ts';
import { chooseKernels, instantiateKernels } from '../../src/tensor/wasm/choose-kernels.ts';

/**
 * One measurement, in a process of its own so that all memory is fresh: child.mjs read|load|simd|plain FOLDER.
 * `read` reads all files of the folder once, whole; `load` loads the checkpoint with the best kernels and explores a pair
 * twice, `simd` with the plain SIMD ones, `plain` without any.
 */
const [kind, folder] = process.argv.slice(2);
const bytes = { relaxed, simd };
const kernels =
  kind === 'load' ? chooseKernels(bytes) : kind === 'simd' ? instantiateKernels('simd', bytes) : undefined;
useKernels(kernels);

const took = async (work: () => unknown) => {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { milliseconds: performance.now() - began, cpu: (user + system) / 1000 };
};

const peak = () => process.resourceUsage().maxRSS * 1024;
const before = peak();
if (kind === 'read') {
  const held: Uint8Array[] = [];
  const time = await took(() => {
    for (const name of readdirSync(folder)) held.push(readFileSync(path.join(folder, name)));
  });
  process.send?.({ ...time, before, peak: peak() });
} else {
  const loading = { model: undefined as Awaited<ReturnType<typeof loadModel>> | undefined };
  const time = await took(async () => {
    loading.model = await loadModel(nodeFiles(folder), undefined, { memory: kernels?.weightMemory });
  });
  const loaded = peak();
  const pair = {
    folder,
    source: 'the cat and the model of the world translate a long sentence as they like it',
    target: '我们 喜欢 学习 注意力 模型 翻译 句子 你好 世界 机器 我 吃 冰淇淋 '.repeat(2).trim(),
  };
  const explore = () =>
    took(() =>
      run(
        loading.model!,
        pair,
        () => undefined,
        async () => undefined,
      ),
    );
  process.send?.({ ...time, before, peak: loaded, first: await explore(), second: await explore(), afterRuns: peak() });
}
