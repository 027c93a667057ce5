export interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between the tip and its word, and between the tip and the edge of the window. */
const GAP = 4;

const EDGE = 8;

/** Where a tip goes: under its word, over it where there is more room, inside of the window always. */
export function placeTip(anchor: Box, tip: Size, window: Size): { readonly left: number; readonly top: number } {
  const left = Math.max(EDGE, Math.min(anchor.left, window.width - tip.width - EDGE));
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - tip.height;
  const fits = below + tip.height <= window.height - EDGE;
  const top = fits || above < EDGE ? Math.max(EDGE, Math.min(below, window.height - tip.height - EDGE)) : above;
  return { left, top };
}
