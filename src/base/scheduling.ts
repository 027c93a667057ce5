import { joinBytes } from './bytes.ts';

/** Runs steps to their end without a pause. */
export function finish<T>(steps: Generator<undefined, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Waits until messages that have arrived were handled: a promise alone would not let them in. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') return void setImmediate(resolve);
    // Not setTimeout: browsers make it wait 4 ms each time. A message queues behind those that are there.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Milliseconds of work between two breaths, what is begun then included: nobody waits for more than 8. */
const SLICE = 3;

/** Cuts long work into slices, between which everything else in the extension host has its turn. */
export class Slices {
  private end = performance.now() + SLICE;

  get over(): boolean {
    return performance.now() >= this.end;
  }

  async rest(): Promise<void> {
    await yieldToEventLoop();
    this.end = performance.now() + SLICE;
  }
}

/** Milliseconds that a run may take before anyone is told that it runs, and between two words about how far it is. */
const PATIENCE = 120;

/**
 * Makes of a change something to be told, at most once in a while as long as a run goes on: a short one is over before
 * it is told at all. All that is told costs the window time in which it could draw the picture.
 * @returns what is to be called at each change
 */
export function patiently(isRunning: () => boolean, tell: () => void): (() => void) & { dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const changed = () => {
    if (!isRunning()) {
      stop();
      tell();
      return;
    }
    timer ??= setTimeout(() => {
      timer = undefined;
      tell();
    }, PATIENCE);
  };
  return Object.assign(changed, { dispose: stop });
}

/** UTF-16 units between two breaths: about a millisecond. */
const PART = 262_144;
/** First of the units that are the first half of a character, and of those that are the second. */
const [HIGH, LOW] = [0xd800, 0xdc00];

/** A long text as UTF-8, in slices between which everything else in the extension host has its turn. */
export async function encodeSlowly(text: string, part = PART): Promise<Uint8Array> {
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

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
