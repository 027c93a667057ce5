import { backend } from '../tensor/kernels.ts';
import { isAdopted, type WantedWeight } from './checkpoint/weight-reader.ts';

/** Bytes that one thread touches at a time, and in all: about as long as reading a tokenizer takes. */
const CHUNK = 2 ** 22;

const MOST = 24 * CHUNK;

/** Chunks that are asked for at once: while this thread is at work it does not ask for more. */
const ASKED = 8;

/**
 * Touches memory of the kernels that weights will be read into, on other threads while this one does something else. The system
 * gives memory page by page as it is touched, which takes longer than to read a file that it keeps: so other threads read the
 * file there, whatever it is that they read. It is read again to its place afterwards.
 * @param signal stops it
 * @returns once nobody writes there any more; what could not be touched is not missed
 */
export async function touchAhead(wanted: readonly WantedWeight[], signal: AbortSignal): Promise<void> {
  const adopted = wanted.filter(isAdopted).toSorted((a, b) => a.stored.begin - b.stored.begin);
  const [first] = adopted;
  if (first === undefined || !first.stored.from.readsAside) return;
  const { from, begin } = first.stored;
  const size = adopted.reduce((sum, { stored }) => sum + stored.end - stored.begin, 0);
  // All of it now, so that it does not grow twice.
  backend()?.reserve(size / 2);
  const room = backend()?.untouched(Math.min(size, MOST, from.size - begin));
  if (room === undefined) return;
  const { bytes } = room;
  let next = 0;
  const touch = async (): Promise<void> => {
    while (next < bytes.length && !signal.aborted) {
      const at = next;
      next += CHUNK;
      await from.read(bytes.subarray(at, at + CHUNK), begin + at);
    }
  };
  await Promise.allSettled(Array.from({ length: ASKED }, touch));
  room.giveBack();
}
