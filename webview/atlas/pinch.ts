interface Finger {
  readonly clientX: number;
  readonly clientY: number;
}

/** Two fingers: how far they went apart, and where their middle went, since the last time. */
export class Pinch {
  private readonly fingers = new Map<number, Finger>();

  /** There were two since the first came down: what follows is no tap. */
  pinched = false;

  down({ pointerId, clientX, clientY }: PointerEvent): void {
    if (this.fingers.size === 0) this.pinched = false;
    this.fingers.set(pointerId, { clientX, clientY });
    if (this.fingers.size > 1) this.pinched = true;
  }

  up({ pointerId }: PointerEvent): void {
    this.fingers.delete(pointerId);
  }

  /** @returns px that the middle moved, the place that it had, and by how much it is larger; undefined without two fingers */
  move({ pointerId, clientX, clientY }: PointerEvent) {
    if (!this.fingers.has(pointerId)) return undefined;
    const before = this.spread();
    this.fingers.set(pointerId, { clientX, clientY });
    const now = this.spread();
    if (!before || !now) return undefined;
    const [x, y] = [now.clientX - before.clientX, now.clientY - before.clientY];
    return { x, y, at: before, factor: now.far / Math.max(1, before.far) };
  }

  private spread() {
    const [one, other] = this.fingers.values();
    if (!one || !other) return undefined;
    const [x, y] = [one.clientX - other.clientX, one.clientY - other.clientY];
    const middle = (a: number, b: number) => (a + b) / 2;
    return {
      clientX: middle(one.clientX, other.clientX),
      clientY: middle(one.clientY, other.clientY),
      far: Math.max(1, Math.hypot(x, y)),
    };
  }
}
