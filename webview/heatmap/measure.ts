let context: CanvasRenderingContext2D | null | undefined;

/** @returns width of each text in px, in the font given (CSS shorthand) */
export function measureTexts(texts: readonly string[], font: string): number[] {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return texts.map((text) => text.length * 8);
  context.font = font;
  return texts.map((text) => Math.ceil(context!.measureText(text).width));
}
