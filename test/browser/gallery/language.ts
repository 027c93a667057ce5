import type { Page } from 'playwright-core';

/** Names and units that are the same in every language. */
const SAME_EVERYWHERE = new Set([
  'softmax',
  'argmax',
  'nat',
  'min',
  'max',
  'log',
  'cmn',
  'eng',
  'CSV',
  'JSON',
  'SVG',
  'PNG',
  'HTML',
]);

/**
 * Words in Latin letters that are shown or spoken, in the order of the page: texts, titles, labels for screen readers.
 * Left out: the pair's own words (`known`), names and units, and letters of formulas (under three).
 */
export async function foreignWords(page: Page, known: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walk = (node: Node) => {
      if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '');
      if (!(node instanceof Element) || /^(SCRIPT|STYLE)$/.test(node.tagName)) return;
      // Tokens of the text, in any language.
      if (node.tagName === 'BDI') return;
      for (const name of ['title', 'aria-label', 'aria-valuetext', 'aria-description', 'placeholder', 'alt'])
        if (node.hasAttribute(name)) found.push(node.getAttribute(name) ?? '');
      node.childNodes.forEach(walk);
    };
    walk(document.body);
    return found;
  });
  // The longest first, so that none is cut by another; whole words only.
  const own = [...new Set(known)]
    .filter((text) => /[A-Za-z]/.test(text))
    .sort((a, b) => b.length - a.length)
    .map((text) => new RegExp(`(?<![A-Za-z])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z])`, 'g'));
  return texts.flatMap((text) => {
    // Titles of papers and special tokens stay as they are.
    const uncited = text.replace(/（[^（）]*\b(19|20)\d\d，“[^（）]*）|<\/?\w+>|>>\w+<</g, ' ');
    const rest = own.reduce((left, word) => left.replace(word, ' '), uncited);
    return (rest.match(/[A-Za-z][A-Za-z’']{2,}/g) ?? []).filter((word) => !SAME_EVERYWHERE.has(word));
  });
}

/** Texts of buttons, labels and captions that do not fit into their box, and whether the page can be scrolled sideways. */
export function squeezed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push('the page');
    for (const element of document.querySelectorAll<HTMLElement>(
      'button, label, select, h1, h2, th, .cap, p, dt, dd',
    )) {
      if (element.closest('.sr, [aria-hidden=true]') || element.checkVisibility?.() === false) continue;
      // The person's own text may be cut: it has an ellipsis and its whole in the editor.
      if (getComputedStyle(element).display === 'inline' || element.querySelector('bdi')) continue;
      const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      if (isCut) found.push(element.textContent?.trim() ?? '');
    }
    return found;
  });
}
