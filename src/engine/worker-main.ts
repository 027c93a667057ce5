import { parentPort } from 'node:worker_threads';
import { loadModel } from '../model/load-model.ts';
import { nodeFiles } from '../model/node-files.ts';
import type { WorkerReply, WorkerRequest } from '../protocol/worker-messages.ts';
import { type PortLike, portTransport } from './port-transport.ts';
import { WorkerEngine } from './worker-engine.ts';

// The worker thread of node: everything below it also runs elsewhere.
if (!parentPort) throw new Error('worker-main runs in a worker thread; start it with startNodeWorker.');
const transport = portTransport<WorkerReply, WorkerRequest>(parentPort as unknown as PortLike);
new WorkerEngine(transport, (folder, progress, checkpoint) =>
  loadModel(nodeFiles(folder), async (done) => {
    progress(done);
    await checkpoint();
  }),
);
