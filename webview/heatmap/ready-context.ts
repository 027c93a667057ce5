/**
 * A canvas made ready to be painted anew, in px of the page. Size, font and direction are set only where they are
 * others: to set one has the browser lay out the whole page first.
 * @param font CSS shorthand    @returns undefined where there is no canvas to paint on
 */
export function readyContext(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  font: string,
): CanvasRenderingContext2D | undefined {
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  if (canvas.width !== width || canvas.height !== height || canvas.dataset.font !== font) {
    Object.assign(canvas, { width, height });
    canvas.dataset.font = font;
    Object.assign(context, { font, direction: 'ltr', textAlign: 'center', textBaseline: 'middle' });
    context.scale(ratio, ratio);
  } else context.clearRect(0, 0, size.width, size.height);
  return context;
}
