import { type FileAnswer, type FileQuestion, fromWire, toWire } from '../../messages/worker-messages.ts';
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

/** Reads checkpoint files for a worker that has no disk of its own (remote-files.ts). */
export function serveFiles(
  transport: Transport<FileAnswer, FileQuestion>,
  files: (folder: string) => ModelFiles,
): void {
  const answer = async (question: FileQuestion) => {
    const { id } = question;
    try {
      const folder = files(question.folder);
      if (question.type === 'list') return transport.post({ type: 'names', id, names: await folder.list() });
      // A copy: the reader's bytes may be part of a larger buffer, or somebody else's.
      const bytes = (await folder.read(question.name))?.slice();
      transport.post({ type: 'bytes', id, bytes }, bytes ? [bytes.buffer] : []);
    } catch (error) {
      transport.post({ type: 'failure', id, error: toWire(error) });
    }
  };
  transport.onMessage((question) => void answer(question));
}
