import type { Engine } from '../engine/engine.ts';

/**
 * The engine, started when it is first needed and started anew after it died, so that activation reads nothing.
 */
export class EngineHost {
  private engine: Engine | undefined;

  constructor(private readonly start: () => Engine) {}

  get(): Engine {
    this.engine ??= this.start();
    return this.engine;
  }

  /** The engine if it runs; nothing is started for the sake of forgetting. */
  running(): Engine | undefined {
    return this.engine;
  }

  /** Ends the worker; the next call starts another. */
  reset(): void {
    this.engine?.dispose();
    this.engine = undefined;
  }

  dispose(): void {
    this.reset();
  }
}
