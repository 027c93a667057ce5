import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { kernelsPlugin } from '../../../../scripts/kernels/kernels-plugin.mjs';
import { message } from '../../../../src/contract/error.ts';
import { initialView } from '../../../../src/contract/state-bounds.ts';
import {
  startWebWorker,
  type WebWorkerNeeds,
  type WorkerLike,
} from '../../../../src/engine/worker/start-worker-web.ts';
import { type WorkerClient, workerClient } from '../../../../src/engine/worker/worker-client.ts';
import type { FolderAccess } from '../../../../src/model/checkpoint/file-limits.ts';
import { withMatrices } from '../../insight/whole-view.ts';
import { webScope } from './web-scope.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const PAIR = { folder: 'memfs:/en-zh', source: 'I like eating ice cream.', target: '我喜欢吃冰淇淋。' };

let script: Uint8Array;
let client: WorkerClient;

beforeAll(async () => {
  const entryPoints = [join(root, 'src/engine/worker/worker-main-web.ts')];
  const bundle = await build({
    entryPoints,
    bundle: true,
    plugins: [kernelsPlugin],
    platform: 'browser',
    format: 'iife',
    write: false,
  });
  script = bundle.outputFiles[0].contents;
});

// Without it memory can't be shared: as in every browser page that is not isolated.
beforeEach(() => void vi.stubGlobal('SharedArrayBuffer', undefined));
afterEach(() => {
  client?.dispose();
  vi.unstubAllGlobals();
});

/** The bundled checkpoint under a name that means nothing on this disk. */
const bundled: FolderAccess = {
  list: () => readdir(join(root, 'models/en-zh')),
  // What is not there is no error: a folder has some files and lacks others.
  look: async (name) =>
    stat(join(root, 'models/en-zh', name)).then(
      ({ size }) => size,
      () => undefined,
    ),
  read: (name) => readFile(join(root, 'models/en-zh', name)),
};

function engine(needs: Partial<WebWorkerNeeds> = {}, spawn: (address: string) => WorkerLike = webScope) {
  const all = { script: async () => script, folder: () => bundled, ...needs };
  client = workerClient(() => startWebWorker(all, spawn));
  return client;
}

describe('the engine in a web worker', () => {
  it('loads files that its host reads, runs a pair, and sends the view', async () => {
    const asked: string[] = [];
    const folder = (name: string) => ({
      ...bundled,
      read(file: string) {
        asked.push(`${name}/${file}`);
        return bundled.read(file);
      },
    });
    engine({ folder });
    const info = await client.load({ folder: PAIR.folder });
    expect(info).toMatchObject({ name: 'en-zh', folder: 'memfs:/en-zh', family: 'marian' });
    expect(asked).toContain('memfs:/en-zh/model.safetensors');
    const run = await client.run(PAIR);
    const view = withMatrices(await client.view({ runId: run.runId, state: initialView(run) }), run);
    const row = (text: string) => view.rows.findIndex((label) => label.text === text);
    const col = (text: string) => view.cols.findIndex((label) => label.text === text);
    const weight = (key: string) => view.weights[row('冰淇淋') * view.cols.length + col(key)];
    expect(weight('ice') + weight('cream')).toBeGreaterThan(0.9);
  });

  it('a cancel gets in while it computes, though no memory is shared', async () => {
    engine();
    await client.load({ folder: PAIR.folder });
    const abort = new AbortController();
    const stages: string[] = [];
    const long = client.run(
      { ...PAIR, source: 'word '.repeat(400), target: '字'.repeat(200) },
      {
        progress: (_, stage) => {
          stages.push(stage);
          if (stage === 'encode') abort.abort();
        },
        signal: abort.signal,
      },
    );
    await expect(long).rejects.toMatchObject({ name: 'AbortError' });
    await client.load({ folder: PAIR.folder });
    expect(stages).toContain('encode');
    expect(stages).not.toContain('decode');
  });

  it('leaves the bytes of the reader whole', async () => {
    const config = new Uint8Array(await bundled.read('config.json'));
    engine({
      folder: () => ({ ...bundled, read: async (name) => (name === 'config.json' ? config : bundled.read(name)) }),
    });
    await client.load({ folder: PAIR.folder });
    expect(config.length).toBeGreaterThan(0);
  });

  it('says what is wrong with a folder as Node does', async () => {
    const missing = async () => {
      throw new Error('FileNotFound');
    };
    engine({ folder: () => ({ list: missing, look: missing, read: missing }) });
    await expect(client.load({ folder: 'memfs:/none' })).rejects.toMatchObject({
      code: 'model-missing',
      params: { folder: 'memfs:/none' },
    });
  });

  it('reads nothing that is too large, before or after it was looked at', async () => {
    const read = vi.fn(bundled.read);
    engine({ folder: () => ({ ...bundled, look: async () => 2 ** 31, read }) });
    await expect(client.load({ folder: PAIR.folder })).rejects.toMatchObject({
      code: 'model-file',
      params: { file: 'memfs:/en-zh/config.json', reason: { params: { size: 2 ** 31, limit: 2 ** 26 } } },
      message: `memfs:/en-zh/config.json can't be read: it has ${2 ** 31} bytes, ${2 ** 26} at most can be read. Choose a smaller checkpoint.`,
    });
    expect(read).not.toHaveBeenCalled();
    client.dispose();
    engine({ folder: () => ({ ...bundled, look: async () => 1, read: async () => new Uint8Array(2 ** 26 + 1) }) });
    await expect(client.load({ folder: PAIR.folder })).rejects.toMatchObject({ code: 'model-file' });
  });

  it('gives the reason for which a file is not read', async () => {
    const refusal = {
      reason: message('it is a link, which may lead anywhere'),
      way: message('Put the file itself there.'),
    };
    engine({ folder: () => ({ ...bundled, look: async () => refusal }) });
    await expect(client.load({ folder: PAIR.folder })).rejects.toMatchObject({
      code: 'model-file',
      params: { reason: refusal.reason },
    });
  });
});

/** A worker that keeps what it is sent, and is made to say things. */
function fakeWorker() {
  const posted: unknown[] = [];
  const listeners = new Map<string, (event: never) => void>();
  const worker = {
    postMessage: (message: unknown) => void posted.push(message),
    addEventListener: (type: string, listener: (event: never) => void) => void listeners.set(type, listener),
    terminate: vi.fn(),
  };
  const say = (type: string, event: object) => listeners.get(type)?.(event as never);
  return { worker: worker as unknown as WorkerLike, posted, say, terminate: worker.terminate };
}

describe('a web worker as a transport', () => {
  const drop = (runId: string) => ({ type: 'drop', runId }) as const;
  const needs = (read: () => Promise<Uint8Array>) => ({ script: read, folder: () => bundled });

  it('keeps in order what is posted before the script was read', async () => {
    const { worker, posted } = fakeWorker();
    let letGo = (_: Uint8Array) => {};
    const transport = startWebWorker(
      needs(() => new Promise((resolve) => (letGo = resolve))),
      () => worker,
    );
    transport.post(drop('a'));
    transport.post(drop('b'));
    expect(posted).toEqual([]);
    letGo(script);
    await vi.waitUntil(() => posted.length === 3);
    transport.post(drop('c'));
    expect(posted).toEqual([{ files: expect.any(MessagePort) }, drop('a'), drop('b'), drop('c')]);
    transport.close();
  });

  it('starts nothing when it was closed while the script was read', async () => {
    const spawn = vi.fn(() => fakeWorker().worker);
    const read = Promise.resolve(script);
    startWebWorker(
      needs(() => read),
      spawn,
    ).close();
    await read;
    await Promise.resolve();
    expect(spawn).not.toHaveBeenCalled();
  });

  it('ends a worker that failed, gives back its address, and says why once', async () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    const { worker, say, posted, terminate } = fakeWorker();
    const reasons: string[] = [];
    const transport = startWebWorker(
      needs(async () => script),
      () => worker,
    );
    transport.onClose((reason) => reasons.push(reason));
    await vi.waitUntil(() => posted.length > 0);
    say('error', { message: 'bang' });
    say('error', { message: 'again' });
    expect(reasons).toEqual(['bang']);
    expect(terminate).toHaveBeenCalled();
    expect(revoke).toHaveBeenCalledWith(expect.stringMatching(/^blob:/));
  });

  it('a script that can’t be read fails the call with the reason, and the next call starts anew', async () => {
    let reads = 0;
    engine({
      script: async () => {
        if (++reads === 1) throw new Error('no such file');
        return script;
      },
    });
    await expect(client.load({ folder: PAIR.folder })).rejects.toMatchObject({
      code: 'internal',
      params: { reason: 'no such file' },
    });
    expect((await client.load({ folder: PAIR.folder })).family).toBe('marian');
  });

  it('a worker that dies fails what was pending, and the next call starts another', async () => {
    const { worker, say, posted } = fakeWorker();
    let starts = 0;
    engine({}, (address) => (++starts === 1 ? worker : webScope(address)));
    const load = client.load({ folder: PAIR.folder });
    await vi.waitUntil(() => posted.length === 2);
    say('error', { message: 'bang' });
    await expect(load).rejects.toMatchObject({ code: 'internal', params: { reason: 'bang' } });
    expect((await client.load({ folder: PAIR.folder })).family).toBe('marian');
  });
});
