/** How a line of some strength is drawn; one of a hard alignment stands out. Opacity grows as the eye takes brightness. */
export function lineStroke(strength: number, bold: boolean): { readonly width: number; readonly opacity: number } {
  return {
    width: (bold ? 2 : 0.5) + 2.5 * strength,
    opacity: bold ? 1 : Math.min(1, 0.08 + 0.92 * Math.sqrt(strength)),
  };
}
