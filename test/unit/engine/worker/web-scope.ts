import { resolveObjectURL } from 'node:buffer';
import { Worker } from 'node:worker_threads';
import type { WorkerLike } from '../../../../src/engine/worker/start-worker-web.ts';

/** What a web worker's script sees before it: its scope is its port, and nothing of Node is there. */
const SCOPE = `
const port = require('node:worker_threads').parentPort;
globalThis.addEventListener = port.addEventListener.bind(port);
globalThis.postMessage = port.postMessage.bind(port);
void globalThis.Headers; // Node loads what belongs to fetch when it is first asked for, and needs Buffer then.
for (const name of ['setImmediate', 'process', 'Buffer', 'SharedArrayBuffer']) {
  Object.defineProperty(globalThis, name, { value: undefined });
}`;

/** A thread that a web worker's script can't tell from a browser's worker. */
export function webScope(address: string): WorkerLike {
  let worker: Worker | undefined;
  let ended = false;
  const listeners: [string, (event: unknown) => void][] = [];
  const waiting: [unknown, never[]][] = [];
  const start = async () => {
    const script = await resolveObjectURL(address)?.text();
    if (ended) return;
    worker = new Worker(`${SCOPE}\n((require, module, exports) => {\n${script}\n})()`, { eval: true });
    worker.on('message', (data) => say('message', { data }));
    worker.on('error', ({ message }) => say('error', { message }));
    for (const [message, transfer] of waiting) worker.postMessage(message, transfer);
  };
  const say = (type: string, event: unknown) => {
    for (const [wanted, listener] of listeners) if (wanted === type) listener(event);
  };
  void start();
  return {
    postMessage(message: unknown, transfer: unknown) {
      if (worker) worker.postMessage(message, transfer as never[]);
      else waiting.push([message, transfer as never[]]);
    },
    addEventListener: (type: string, listener: unknown) =>
      void listeners.push([type, listener as (event: unknown) => void]),
    terminate() {
      ended = true;
      void worker?.terminate();
    },
  };
}
