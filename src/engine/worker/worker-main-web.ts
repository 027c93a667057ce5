import type { FileAnswer, FileQuestion, WorkerReply, WorkerRequest } from '../../messages/worker-messages.ts';
import { startKernels } from '../../tensor/wasm/start-kernels.ts';
import { remoteFiles } from './remote-files.ts';
import { detailsFrom, loadFrom } from './run-store.ts';
import { type PortLike, portTransport } from './transport.ts';
import { WorkerEngine } from './worker-loop.ts';

/** The first message to a web worker: the port over which it asks for files. */
export interface WebWorkerStart {
  readonly files: MessagePort;
}

// A browser's web worker. Its scope is also the port to the one that started it (startWebWorker).
const scope = globalThis as unknown as Pick<Worker, 'addEventListener'> & PortLike;
scope.addEventListener(
  'message',
  ({ data }: MessageEvent<WebWorkerStart>) => {
    const memory = startKernels();
    const files = portTransport<FileQuestion, FileAnswer>(data.files as unknown as PortLike);
    const folder = remoteFiles(files);
    new WorkerEngine(portTransport<WorkerReply, WorkerRequest>(scope), loadFrom(folder, memory), detailsFrom(folder));
  },
  { once: true },
);
