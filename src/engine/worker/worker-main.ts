import { parentPort } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from '../../messages/worker-messages.ts';
import { nodeFiles } from '../../model/checkpoint/node-files.ts';
import { startThreadedKernels } from '../../tensor/threads/start-threaded-kernels.ts';
import { detailsFrom, loadFrom } from './run-store.ts';
import { type PortLike, portTransport } from './transport.ts';
import { WorkerEngine } from './worker-loop.ts';

// The worker thread of node: everything below it also runs elsewhere.
if (!parentPort) throw new Error('worker-main runs in a worker thread; start it with startNodeWorker.');
const { memory, resize } = startThreadedKernels();
new WorkerEngine(
  portTransport<WorkerReply, WorkerRequest>(parentPort as unknown as PortLike),
  loadFrom(nodeFiles, memory),
  detailsFrom(nodeFiles),
  resize,
);
