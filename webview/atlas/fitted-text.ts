const MOST = 4000;
const known = new Map<string, string>();

/** A text cut to a width with an ellipsis, whole characters only. @param context with its font set */
export function fittedText(context: CanvasRenderingContext2D, text: string, width: number): string {
  // Nothing that long fits anywhere.
  const shown = text.length > 200 ? text.slice(0, 200) : text;
  const key = `${context.font}\n${width}\n${shown}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const fitted = fit(context, shown, width);
  if (known.size >= MOST) known.clear();
  known.set(key, fitted);
  return fitted;
}

function fit(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  );
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (context.measureText(`${letters.slice(0, middle).join('')}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('')}…`;
}
