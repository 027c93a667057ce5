#!/usr/bin/env node

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { initialView } from '../src/contract/state-bounds.ts';
import { nodeFiles } from '../src/model/checkpoint/node-files.ts';
import { loadModel } from '../src/model/loading/load-model.ts';
import { buildView } from '../src/run/build-view.ts';
import { run } from '../src/run/run-pair.ts';
import { kernels, useKernels } from '../src/tensor/kernels.ts';
import { chooseKernels } from '../src/tensor/wasm/choose-kernels.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, cancel: { type: 'string' }, plain: { type: 'boolean' } },
});

let memory;
if (!values.plain) {
  const [relaxed, simd] = ['kernels-relaxed', 'kernels'].map(
    (name) => new Uint8Array(readFileSync(`dist/${name}.wasm`)),
  );
  const fastest = chooseKernels({ relaxed, simd });
  useKernels(fastest);
  memory = fastest?.weightMemory;
}

const folder = path.resolve(positionals[0]);
const MB = 1e6;
const size = statSync(path.join(folder, 'model.safetensors')).size;
const before = process.memoryUsage().rss;
const time = async (what, work) => {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${what}: ${Math.round(performance.now() - began)} ms (processor ${Math.round((user + system) / 1000)} ms), RSS ${Math.round(process.memoryUsage().rss / MB)} MB`,
  );
  return value;
};

if (values.cancel !== undefined) {
  let steps = 0;
  const began = performance.now();
  const deadline = began + Number(values.cancel);
  try {
    const checkpoint = () => {
      steps++;
      if (performance.now() > deadline) throw new DOMException('cancelled', 'AbortError');
    };
    await loadModel(nodeFiles(folder), checkpoint, { memory });
    console.log('loaded before it could be cancelled');
  } catch (error) {
    console.log(`${error.name} after ${steps} steps, ${Math.round(performance.now() - deadline)} ms after the wish`);
  }
  process.exit();
}

const model = await time('load', () => loadModel(nodeFiles(folder), undefined, { memory }));
const source = 'the cat and the model of the world translate a long sentence as they like it';
const target = values.write
  ? undefined
  : '我们 喜欢 学习 注意力 模型 翻译 句子 你好 世界 机器 我 吃 冰淇淋 '.repeat(2).trim();
const kept = await time('explore', () =>
  run(
    model,
    { folder, source, target },
    () => undefined,
    async () => undefined,
  ),
);

console.log(`${kept.summary.sourceTokens.length} × ${kept.summary.targetTokens.length} tokens`);
await time('first view, with the overview of all heads', async () => buildView(kept, initialView(kept.summary)));
const peak = process.resourceUsage().maxRSS * 1024;
console.log(`kernels: ${kernels()?.name ?? 'plain'}`);
console.log(
  `checkpoint ${Math.round(size / MB)} MB; RSS before ${Math.round(before / MB)} MB, at most ${Math.round(peak / MB)} MB = ${(peak / size).toFixed(2)} × its size`,
);
