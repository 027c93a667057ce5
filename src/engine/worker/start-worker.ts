import { Worker } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from '../../messages/worker-messages.ts';
import type { Transport } from './transport.ts';

/**
 * Starts the engine's worker as a thread of node.
 * @param file the bundled worker-main
 */
export function startNodeWorker(file: string | URL): Transport<WorkerRequest, WorkerReply> {
  const worker = new Worker(file, { name: 'attention-engine' });
  let failure: string | undefined;
  worker.on('error', (error) => (failure = error.message));
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.on('message', listener),
    onClose: (listener) => worker.on('exit', (code) => listener(failure ?? `its thread ended with code ${code}`)),
    close: () => void worker.terminate(),
  };
}
