import { DrawingError } from './drawing-error.ts';

/** Milliseconds that VS Code may take to give the page the focus, without which no page may write the clipboard. */
const FOCUS_LIMIT = 2000;

/**
 * Puts a PNG on the clipboard.
 * @throws DrawingError 'clipboard' where the browser, or who embeds the page, does not let it
 */
export async function copyImage(png: Blob): Promise<void> {
  try {
    await focused();
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  } catch (error) {
    throw new DrawingError('clipboard', error instanceof Error ? error.message : String(error));
  }
}

async function focused(): Promise<void> {
  window.focus();
  if (document.hasFocus()) return;
  await new Promise<void>((resolve) => {
    window.addEventListener('focus', () => resolve(), { once: true });
    setTimeout(resolve, FOCUS_LIMIT);
  });
}
