type Params = Readonly<Record<string, string | number>>;

/** Params that can be a single word of the language; those of the others are names out of files. */
const WORD_PARAMS = new Set(['side', 'which', 'kind', 'found', 'expected', 'reason', 'problem']);
/** Longer than any sentence of ours: what holds a file's content is not searched. */
const LONGEST = 4000;

/**
 * An error's message in another language. Messages are whole English sentences with their values in place, so that they
 * read in logs and on the command line too: the key of the bundle, “The {side} has {tokens} tokens”, is found again
 * by what of it stands in the message. Parts that are words themselves (a reason, what was expected) are translated
 * as well. scripts/l10n/error-texts.mjs makes the keys.
 * @param bundle English text with {name} placeholders → translation
 * @returns the English message where the bundle does not have it
 */
export function translateMessage(message: string, params: Params, bundle: Readonly<Record<string, string>>): string {
  const found = message.length > LONGEST ? undefined : findTemplate(message, params, bundle);
  if (!found) return message;
  return found.translation.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = found.values[name];
    if (value === undefined) return whole;
    return isWords(name, value) ? translateMessage(value, params, bundle) : value;
  });
}

/** The template that says most of a message in its own words. */
function findTemplate(message: string, params: Params, bundle: Readonly<Record<string, string>>) {
  let best: { readonly translation: string; readonly values: Record<string, string>; readonly own: number } | undefined;
  for (const [key, translation] of Object.entries(bundle)) {
    const own = key.replace(/\{\w+\}/g, '').length;
    const start = key.split('{', 1)[0];
    // {0} is the window's and the commands' own: their sentences are translated where they are made.
    if ((best && own <= best.own) || !message.startsWith(start) || /\{\d+\}/.test(key)) continue;
    const values = match(message, key, params);
    if (values) best = { translation, values, own };
  }
  return best;
}

/** @returns the values that stand where the template has its placeholders, undefined where it is another's message */
function match(message: string, template: string, params: Params): Record<string, string> | undefined {
  const named = new Set<string>();
  const pattern = template.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return escaped(part);
    const value = params[part];
    if (value !== undefined) return escaped(String(value));
    if (named.has(part)) return `\\k<_${part}>`;
    named.add(part);
    return `(?<_${part}>.+?)`;
  });
  const found = new RegExp(`^${pattern.join('')}$`, 's').exec(message);
  if (!found) return undefined;
  const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
  for (const name of named) values[name] = found.groups?.[`_${name}`] ?? '';
  return values;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const isWords = (name: string, value: string): boolean => /\s/.test(value) || WORD_PARAMS.has(name);
