import { type FileAnswer, type FileQuestion, fromWire } from '../../messages/worker-messages.ts';
import type { ModelFiles } from '../../model/checkpoint/checkpoint-files.ts';
import type { Transport } from './transport.ts';

/** Checkpoint folders as a worker without a disk sees them: the other side reads for it (serve-files.ts). */
export function remoteFiles(transport: Transport<FileQuestion, FileAnswer>): (folder: string) => ModelFiles {
  const open = new Map<number, (answer: FileAnswer) => void>();
  let lastId = 0;
  transport.onMessage((answer) => {
    open.get(answer.id)?.(answer);
    open.delete(answer.id);
  });
  const ask = (make: (id: number) => FileQuestion) =>
    new Promise<FileAnswer>((resolve, reject) => {
      const id = ++lastId;
      open.set(id, (answer) => (answer.type === 'failure' ? reject(fromWire(answer.error)) : resolve(answer)));
      transport.post(make(id));
    });
  return (folder) => ({
    folder,
    async list() {
      const answer = await ask((id) => ({ type: 'list', id, folder }));
      return answer.type === 'names' ? answer.names : [];
    },
    async read(name) {
      const answer = await ask((id) => ({ type: 'read', id, folder, name }));
      return answer.type === 'bytes' ? answer.bytes : undefined;
    },
  });
}
