import type { FileAnswer, FileQuestion, WorkerReply, WorkerRequest } from '../../messages/worker-messages.ts';
import { boundedFiles, type FolderAccess } from '../../model/checkpoint/file-limits.ts';
import { serveFiles } from './remote-files.ts';
import { type PortLike, portTransport, type Transport } from './transport.ts';
import type { WebWorkerStart } from './worker-main-web.ts';

/** What of a browser's Worker is used. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/** What a web worker can't come by on its own. */
export interface WebWorkerNeeds {
  /** Text of the bundled web-worker-main. */
  script(): Promise<Uint8Array>;
  /** A checkpoint folder, by the name that calls use for it. */
  folder(name: string): FolderAccess;
}

/**
 * Starts the engine's worker in a browser. An extension may start workers from its own origin only, which is not where its
 * files come from: so the script is read, and started from a blob. What is posted in the meantime waits.
 * @param spawn makes a worker of the address of its script
 */
export function startWebWorker(
  { script, folder }: WebWorkerNeeds,
  spawn: (address: string) => WorkerLike = (address) => new Worker(address, { name: 'attention-engine' }),
): Transport<WorkerRequest, WorkerReply> {
  const onMessage: ((reply: WorkerReply) => void)[] = [];
  const onClose: ((reason: string) => void)[] = [];
  const waiting: Parameters<Transport<WorkerRequest, WorkerReply>['post']>[] = [];
  let worker: WorkerLike | undefined;
  let address: string | undefined;
  let closed = false;
  const { port1, port2 } = new MessageChannel();

  const close = () => {
    closed = true;
    worker?.terminate();
    port1.close();
    if (address) URL.revokeObjectURL(address);
  };
  const fail = (reason: string) => {
    if (closed) return;
    close();
    for (const listener of onClose) listener(reason);
  };
  const start = async () => {
    const text = await script();
    if (closed) return;
    address = URL.createObjectURL(new Blob([text.slice()], { type: 'text/javascript' }));
    const started = spawn(address);
    worker = started;
    started.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => {
      for (const listener of onMessage) listener(data);
    });
    started.addEventListener('error', (event) => fail((event as ErrorEvent).message || 'its script failed'));
    started.addEventListener('messageerror', () => fail('a message of it could not be read'));
    serveFiles(portTransport<FileAnswer, FileQuestion>(port1 as unknown as PortLike), (name) =>
      boundedFiles(name, folder(name)),
    );
    started.postMessage({ files: port2 } satisfies WebWorkerStart, [port2]);
    for (const [message, transfer = []] of waiting.splice(0)) started.postMessage(message, [...transfer]);
  };
  start().catch((error) => fail(error instanceof Error ? error.message : String(error)));

  return {
    post(message, transfer = []) {
      if (worker) worker.postMessage(message, [...transfer]);
      else waiting.push([message, transfer]);
    },
    onMessage: (listener) => void onMessage.push(listener),
    onClose: (listener) => void onClose.push(listener),
    close,
  };
}
