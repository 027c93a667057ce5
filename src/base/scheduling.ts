import { joinBytes } from './bytes.ts';

/** Runs a computation that can pause to its end without a pause. */
export function drain<T>(steps: Generator<undefined, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, with `pause` awaited at each of its pauses; `pause` may throw to cancel. */
export async function drainWithPauses<T>(
  steps: Generator<undefined, T, undefined>,
  pause: () => void | Promise<void>,
): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}

/** Waits until the messages that have arrived are handled: a promise alone would not let them in. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { setImmediate } = globalThis as { readonly setImmediate?: (callback: () => void) => unknown };
    if (setImmediate) return void setImmediate(resolve);
    // Not setTimeout: browsers make it wait 4 ms each time. A message queues behind those that are there.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Milliseconds of work between two rests; with what is begun then, the thread is never held for more than 8. */
const SLICE = 3;

/** Cuts long work into slices, between which everything else on the thread has its turn. */
export class TimeSlicer {
  #end = performance.now() + SLICE;

  /** Whether it is time to rest. */
  get over(): boolean {
    return performance.now() >= this.#end;
  }

  async rest(): Promise<void> {
    await yieldToEventLoop();
    this.#end = performance.now() + SLICE;
  }
}

/** Milliseconds that a run may take before a listener hears that it runs, and between two reports of its progress. */
const PATIENCE = 120;

/**
 * Passes changes on at once while nothing runs, and at most once in 120 ms while a run goes on: a short run is over before
 * anything is reported. Every report costs the window time in which it could draw.
 * @returns to be called at each change; `dispose` drops a report that is still to come
 */
export function throttleWhileRunning(isRunning: () => boolean, report: () => void): (() => void) & { dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const changed = () => {
    if (!isRunning()) {
      stop();
      report();
      return;
    }
    timer ??= setTimeout(() => {
      timer = undefined;
      report();
    }, PATIENCE);
  };
  return Object.assign(changed, { dispose: stop });
}

/** UTF-16 units that are encoded between two rests: about a millisecond. */
const PART = 262_144;
/** First of the units that are the first half of a character, and of those that are the second. */
const [HIGH, LOW] = [0xd800, 0xdc00];

/** A long text as UTF-8, encoded in slices between which everything else on the thread has its turn. */
export async function encodeInSlices(text: string, part = PART): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + part;
    // The two halves of a character stay together: one alone can't be encoded.
    const cut = isHalf(text, end - 1, HIGH) && isHalf(text, end, LOW) ? end + 1 : end;
    parts.push(encoder.encode(text.slice(at, cut)));
    at = cut;
    await yieldToEventLoop();
  }
  return joinBytes(parts);
}

function isHalf(text: string, at: number, half: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === half;
}

/** What a cancelled call rejects with. */
export function abortError(): DOMException {
  return new DOMException('Cancelled.', 'AbortError');
}

/** Whether an error says that the person, or a newer run, has cancelled the work: there is nothing to report. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
