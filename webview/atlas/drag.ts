/** Movements up to this are a click, px. */
const STILL = 3;

/** A pointer that is held down: how far it moved since the last time, once it has moved at all. */
export class Drag {
  private x: number;
  private y: number;
  moved = false;

  constructor(
    readonly on: 'body' | 'map',
    { clientX, clientY }: PointerEvent,
  ) {
    this.x = clientX;
    this.y = clientY;
  }

  /** @returns px to the right and down; undefined while it is still a click */
  by({ clientX, clientY }: PointerEvent): readonly [number, number] | undefined {
    const [x, y] = [clientX - this.x, clientY - this.y];
    if (!this.moved && Math.hypot(x, y) <= STILL) return undefined;
    this.moved = true;
    [this.x, this.y] = [clientX, clientY];
    return [x, y];
  }
}
