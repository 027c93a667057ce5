import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { kernelsPlugin } from '../../../../scripts/kernels/kernels-plugin.mjs';
import { initialView } from '../../../../src/contract/state-bounds.ts';
import { startNodeWorker } from '../../../../src/engine/worker/start-worker.ts';
import { type WorkerClient, workerClient } from '../../../../src/engine/worker/worker-client.ts';
import { withMatrices } from '../../insight/whole-view.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = join(root, 'models/en-zh');
let directory: string;
let client: WorkerClient;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'attention-worker-'));
  const entryPoints = [join(root, 'src/engine/worker/worker-main.ts')];
  const outfile = join(directory, 'worker.cjs');
  await build({
    entryPoints,
    outfile,
    bundle: true,
    plugins: [kernelsPlugin],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
});

afterEach(() => client?.dispose());
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the engine in a thread of its own', () => {
  it('loads the bundled model, runs a pair, and sends the view', async () => {
    client = workerClient(() => startNodeWorker(join(directory, 'worker.cjs')));
    const info = await client.load({ folder: folder });
    expect(info).toMatchObject({ family: 'marian', width: 192, decoderHeads: 6 });
    const run = await client.run({ folder, source: 'I like eating ice cream.', target: '我喜欢吃冰淇淋。' });
    const view = withMatrices(await client.view({ runId: run.runId, state: initialView(run) }), run);
    expect(view.weights).toHaveLength(view.rows.length * view.cols.length);
  });

  it('says which folder is missing', async () => {
    client = workerClient(() => startNodeWorker(join(directory, 'worker.cjs')));
    await expect(client.load({ folder: join(directory, 'none') })).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('stops a long run while it computes: the next call does not wait for it', async () => {
    client = workerClient(() => startNodeWorker(join(directory, 'worker.cjs')));
    await client.load({ folder: folder });
    const abort = new AbortController();
    const stages: string[] = [];
    const long = client.run(
      { folder, source: 'word '.repeat(400), target: '字'.repeat(200) },
      {
        progress: (_, stage) => {
          stages.push(stage);
          if (stage === 'encode') abort.abort();
        },
        signal: abort.signal,
      },
    );
    await expect(long).rejects.toMatchObject({ name: 'AbortError' });
    await client.load({ folder: folder });
    expect(stages).toContain('encode');
    expect(stages).not.toContain('decode');
  });

  it('tells why its thread died, and starts another', async () => {
    const crashing = join(directory, 'crash.cjs');
    await writeFile(
      crashing,
      `require('node:worker_threads').parentPort.on('message', () => { throw new Error('bang') })`,
    );
    let starts = 0;
    client = workerClient(() => startNodeWorker(++starts === 1 ? crashing : join(directory, 'worker.cjs')));
    await expect(client.load({ folder: folder })).rejects.toMatchObject({
      code: 'internal',
      params: { reason: 'bang' },
    });
    expect((await client.load({ folder: folder })).family).toBe('marian');
    expect(starts).toBe(2);
  });

  it('says so when its file is not there', async () => {
    client = workerClient(() => startNodeWorker(join(directory, 'missing.cjs')));
    await expect(client.load({ folder: folder })).rejects.toMatchObject({ code: 'internal' });
  });
});
