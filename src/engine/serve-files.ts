import { type FileAnswer, type FileQuestion, toWire } from '../messages/worker-messages.ts';
import type { ModelFiles } from '../model/checkpoint/checkpoint-files.ts';
import type { Transport } from './worker/transport.ts';

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
