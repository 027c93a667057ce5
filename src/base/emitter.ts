/** Ends what it was given for: a subscription, a timer, a view. The shape that VS Code uses, without VS Code. */
export interface Disposable {
  dispose(): void;
}

export type Listener<T> = (value: T) => unknown;

/** Tells listeners of something that happens more than once. `event` is what others get to subscribe to. */
export class Emitter<T> {
  private readonly listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    // A wrapper of its own, so that the same function can be subscribed twice.
    const entry: Listener<T> = (value) => listener(value);
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  };

  /**
   * Calls the listeners that are subscribed now, in the order in which they came. One that throws keeps nothing from the
   * others, nor from who fires: its error is reported as uncaught.
   */
  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}
