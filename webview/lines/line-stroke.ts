/** How a line of some strength is drawn; one of a hard alignment stands out. Opacity grows as the eye takes brightness. */
export function lineStroke(strength: number, bold: boolean): { readonly width: number; readonly opacity: number } {
  const least = bold ? 0.55 : 0.08;
  return {
    width: (bold ? 1.25 : 0.5) + (bold ? 3 : 2.5) * strength,
    opacity: Math.min(1, least + (1 - least) * Math.sqrt(strength)),
  };
}
