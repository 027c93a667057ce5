/** What a tip is about, px of whatever it is placed in. */
interface TipAnchor {
  /** Where the tip begins, if there is room. */
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

interface TipSize {
  readonly width: number;
  readonly height: number;
}

/** Edges that a tip should stay inside of, px. */
interface TipBounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface TipPlace {
  readonly left: number;
  readonly top: number;
}

/** The lower end counts where both can't be kept. */
const between = (x: number, least: number, most: number): number => Math.max(least, Math.min(x, most));

/**
 * Where a tip goes: below what it is about, or above where there is room only there, and so never over it.
 * @param gap px between the two
 */
export function placeTip(anchor: TipAnchor, tip: TipSize, room: TipBounds, gap: number): TipPlace {
  const below = anchor.bottom + gap;
  const above = anchor.top - gap - tip.height;
  return {
    left: between(anchor.left, room.left, room.right - tip.width),
    top: below + tip.height > room.bottom && above >= room.top ? above : below,
  };
}

/** Pixels between a tip and a word of the page, and between the tip and the edges of the window. */
const WORD_GAP = 4;
const WINDOW_EDGE = 8;

/** The same for a word anywhere in the window, inside of it always. */
export function placeTipInWindow(anchor: TipAnchor, tip: TipSize, window: TipSize): TipPlace {
  const [right, bottom] = [window.width - WINDOW_EDGE, window.height - WINDOW_EDGE];
  const { left, top } = placeTip(anchor, tip, { left: WINDOW_EDGE, top: WINDOW_EDGE, right, bottom }, WORD_GAP);
  return { left, top: between(top, WINDOW_EDGE, bottom - tip.height) };
}

/** Beside an upright line at x, to its right where there is room, with its middle at y; from (0, 0) to the room's size. */
export function placeTipBeside(x: number, y: number, tip: TipSize, room: TipSize, gap: number): TipPlace {
  const left = x + gap + tip.width <= room.width ? x + gap : x - gap - tip.width;
  return {
    left: between(left, 0, room.width - tip.width),
    top: between(y - tip.height / 2, 0, room.height - tip.height),
  };
}

export function moveTip(tip: HTMLElement, { left, top }: TipPlace): void {
  Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
}
