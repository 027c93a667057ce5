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
