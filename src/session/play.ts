/** Milliseconds that a phase stands while playing. */
export const PLAY_STEP = 1200;

/** Takes one step after the other by itself, until a step changes nothing or until it is stopped. */
export class Play {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param step takes one step; says whether it changed something
   * @param changed told when the play starts and when it ends
   */
  constructor(
    private readonly step: () => Promise<boolean>,
    private readonly changed: () => void,
  ) {}

  get running(): boolean {
    return this.timer !== undefined;
  }

  start(): void {
    if (this.running) return;
    const next = async () => {
      const hasChanged = await this.step();
      // It may have been stopped while the step was computed.
      if (!this.timer) return;
      if (hasChanged) this.timer = setTimeout(next, PLAY_STEP);
      else this.stop();
    };
    this.timer = setTimeout(next, PLAY_STEP);
    this.changed();
  }

  stop(): void {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.changed();
  }
}
