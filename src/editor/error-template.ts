import type { ExplorerError } from '../protocol/explorer-error.ts';

/**
 * An error's English text with names in place of values, the key of its translation: “The {side} has {tokens} tokens”.
 * The longest values go first, so that none is cut by another.
 * @returns the template, and the values that it names
 */
export function errorTemplate({ message, params }: Pick<ExplorerError, 'message' | 'params'>) {
  const values = Object.entries(params)
    .filter(([, value]) => String(value) !== '')
    .sort(([, a], [, b]) => String(b).length - String(a).length);
  const used: Record<string, string | number> = {};
  let template = message;
  for (const [name, value] of values) {
    // What already is a placeholder is left alone.
    const parts = template.split(/(\{\w+\})/);
    const next = parts.map((part, i) => (i % 2 ? part : part.split(String(value)).join(`{${name}}`))).join('');
    if (next !== template) used[name] = value;
    template = next;
  }
  return { template, params: used };
}
