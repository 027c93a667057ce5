import type { Cell } from '../base/events.ts';
import type { CellInteraction } from '../heatmap/cell-interaction.ts';
import type { TiledPicture } from './tiled-picture.ts';
import { mapBox, panned, type Sight } from './viewport.ts';

/** Zoom of a double click. */
const DOUBLE = 2.56;

/** A place in the window. */
interface Place {
  readonly clientX: number;
  readonly clientY: number;
}

/** What the gestures move. */
export interface GestureTarget {
  readonly picture: TiledPicture | undefined;
  readonly box: HTMLElement | null;
  look(sight: Sight): void;
  /** @param x px of the body that stay where they are */
  zoomBy(factor: number, x: number, y: number): void;
  /** Cells are pointed at. */
  readonly cells: Pick<CellInteraction, 'point'>;
  choose(point: Point): void;
}

/** Pointers, fingers and wheel on the picture of a tiled matrix: pan, zoom about where they are, point, choose. */
export class PointerGestures {
  private drag: Drag | undefined;
  private readonly pinch = new Pinch();
  private pointer: Place | undefined;

  constructor(private readonly target: GestureTarget) {}

  /** Whether the picture is being moved. */
  get moving(): boolean {
    return this.drag?.moved ?? false;
  }

  pointAt({ clientX, clientY }: Place): Point {
    const { box, picture } = this.target;
    const at = box?.getBoundingClientRect();
    return at && picture ? pointOn(picture, clientX - at.left, clientY - at.top) : { on: 'elsewhere' };
  }

  /** The keyboard moves on. */
  forget(): void {
    this.pointer = undefined;
  }

  /** Panned under a pointer that rests, another cell lies there. */
  pointAgain(): void {
    if (this.pointer && !this.drag) this.point(this.pointer);
  }

  readonly down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (event.pointerType === 'touch') this.pinch.down(event);
    else this.pinch.pinched = false;
    const { on, ...at } = this.pointAt(event);
    if (on !== 'body' && on !== 'map') return;
    this.target.box?.setPointerCapture(event.pointerId);
    this.drag = new Drag(on, event);
    if (on === 'map') this.center(at as Cell);
  };

  readonly move = (event: PointerEvent) => {
    if (event.pointerType !== 'touch') this.pointer = event;
    const { picture } = this.target;
    const pinched = this.pinch.move(event);
    if (!picture) return;
    if (pinched) return this.pinched(picture, pinched);
    const { drag } = this;
    if (!drag) return this.point(event);
    const by = drag.by(event);
    if (!by) return;
    this.target.cells.point(undefined);
    const { room, info, sight } = picture;
    if (drag.on === 'body') {
      this.target.box?.classList.add('dragged');
      return this.target.look(panned(room, info, sight, -by[0], -by[1]));
    }
    const at = this.pointAt(event);
    if (at.on === 'map') this.center(at);
  };

  readonly up = (event: PointerEvent) => {
    const { drag } = this;
    const at = this.pointAt(event);
    const { pinched } = this.pinch;
    this.cancel(event);
    if (event.button === 0 && !drag?.moved && drag?.on !== 'map' && !pinched) this.target.choose(at);
  };

  readonly cancel = (event: PointerEvent) => {
    this.pinch.up(event);
    this.drag = undefined;
    this.target.box?.classList.remove('dragged');
  };

  readonly leave = () => {
    this.pointer = undefined;
    this.target.cells.point(undefined);
  };

  readonly wheel = (event: WheelEvent) => {
    const { picture } = this.target;
    if (!picture) return;
    const { room, info, sight } = picture;
    const lines =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
    if (event.ctrlKey || event.metaKey) {
      const by = Math.max(-60, Math.min(60, event.deltaY * lines));
      this.zoomAt(Math.exp(-by * 0.008), event);
      event.preventDefault();
      return;
    }
    const [x, y] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    const next = panned(room, info, sight, x * lines, y * lines);
    // At its end the page goes on.
    if (next.row === sight.row && next.col === sight.col) return;
    event.preventDefault();
    this.target.look(next);
  };

  readonly double = (event: MouseEvent) => {
    if (this.pointAt(event).on === 'body') this.zoomAt(event.shiftKey ? 1 / DOUBLE : DOUBLE, event);
  };

  private pinched(picture: TiledPicture, { factor, x, y, at }: NonNullable<ReturnType<Pinch['move']>>): void {
    this.drag = undefined;
    this.target.cells.point(undefined);
    // In this order: before it is larger, it may not let itself be moved.
    this.zoomAt(factor, at);
    this.target.look(panned(picture.room, picture.info, picture.sight, -x, -y));
  }

  private point(at: Place): void {
    const found = this.pointAt(at);
    this.target.cells.point(found.on === 'body' ? { row: found.row, col: found.col } : undefined);
  }

  /** A cell in the middle. */
  private center({ row, col }: Cell): void {
    const { axes, sight } = this.target.picture!;
    this.target.look({ ...sight, row: row - axes.rows.span / 2, col: col - axes.cols.span / 2 });
  }

  private zoomAt(factor: number, { clientX, clientY }: Place): void {
    const { box, picture } = this.target;
    if (!box || !picture) return;
    const { left, top } = box.getBoundingClientRect();
    const { labelWidth, headHeight } = picture.room;
    this.target.zoomBy(factor, clientX - left - labelWidth, clientY - top - headHeight);
  }
}

/** Movements up to this are a click, px. */
const STILL = 3;

/** A pointer that is held down: how far it moved since the last time, once it has moved at all. */
class Drag {
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

interface Finger {
  readonly clientX: number;
  readonly clientY: number;
}

/** Two fingers: how far they went apart, and where their middle went, since the last time. */
class Pinch {
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

/** What lies under a point of the picture. */
export type Point =
  | { readonly on: 'body'; readonly row: number; readonly col: number }
  | { readonly on: 'map'; readonly row: number; readonly col: number }
  | { readonly on: 'rows'; readonly row: number }
  | { readonly on: 'elsewhere' };

/** @param x px from the left edge of the picture    @param y from its upper edge */
function pointOn({ room, axes }: TiledPicture, x: number, y: number): Point {
  const { rows, cols } = axes;
  const [left, top] = [x - room.labelWidth, y - room.headHeight];
  const row = Math.floor(rows.from + top / rows.scale);
  const col = Math.floor(cols.from + left / cols.scale);
  if (top < 0 || top >= room.bodyHeight || left >= room.bodyWidth || row < 0 || row >= rows.count)
    return { on: 'elsewhere' };
  if (left < 0) return { on: 'rows', row };
  const box = mapBox(room, axes);
  const isOnMap = box && left >= box.x && left < box.x + box.width && top >= box.y && top < box.y + box.height;
  if (isOnMap) {
    return {
      on: 'map',
      row: Math.floor(((top - box.y) / box.height) * rows.count),
      col: Math.floor(((left - box.x) / box.width) * cols.count),
    };
  }
  return col >= 0 && col < cols.count ? { on: 'body', row, col } : { on: 'elsewhere' };
}
