import type { PageTheme } from '../../src/contract/picture-request.ts';

/** The theme of this page, as far as variables are wanted and it has them. */
export function pageTheme(names: readonly string[]): PageTheme {
  const style = getComputedStyle(document.documentElement);
  const found = names.map((name) => [name, style.getPropertyValue(name).trim()] as const);
  return {
    bodyClass: document.body.className,
    variables: Object.fromEntries(found.filter(([, value]) => value !== '')),
  };
}
