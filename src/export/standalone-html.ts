import { toBase64 } from '../base/bytes.ts';
import { escapeHtml } from '../base/text.ts';
import { ExplorerError } from '../contract/error.ts';
import type { PageTheme } from '../contract/picture-request.ts';
import { DATA_ID, type StandaloneData } from '../messages/standalone-data.ts';

export interface StandaloneParts {
  readonly data: StandaloneData;
  readonly theme: PageTheme;
  /** The panel's own script and style sheet, and the script that stands in for the extension. */
  readonly script: string;
  readonly host: string;
  readonly style: string;
  readonly title: string;
  /** Said below the exploration, and where scripts may not run; in the person's language. */
  readonly about: string;
  readonly needsScript: string;
}

/** What a theme's value may hold: nothing that ends a declaration, opens another or fetches. */
const SAFE_VALUE = /^[^;{}<>\\@]*$/;

/**
 * A whole exploration as one HTML file: the panel as it is in the window, its run, and nothing that is fetched. Its
 * content security policy lets run just the two scripts in it, by their hashes, and forbids every connection; the
 * person's texts stand in JSON in which no `<` is left.
 * @param rest is waited for between steps that each take milliseconds
 */
export async function standaloneHtml(parts: StandaloneParts, rest = async () => {}): Promise<string> {
  const { data, theme, title, about, needsScript } = parts;
  const variables = Object.entries(theme.variables)
    .filter(([, value]) => SAFE_VALUE.test(value) && !/url\s*\(/i.test(value))
    .map(([name, value]) => `${name}:${value}`);
  const style = inline('style', `:root{${variables.join(';')}}\n${parts.style}`);
  const host = inline('script', parts.host);
  await rest();
  const scripts = [host, inline('script', parts.script)];
  await rest();
  const policy = [
    "default-src 'none'",
    `script-src ${(await Promise.all(scripts.map(hashOf))).join(' ')}`,
    `style-src ${await hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  await rest();
  // Strings of JSON are all that can hold a `<`; there an escape says the same.
  const plain = JSON.stringify(data);
  await rest();
  const json = plain.replaceAll('<', '\\u003c');
  await rest();
  return `<!DOCTYPE html>
<html lang="${escapeHtml(data.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Attention Explorer">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body class="${escapeHtml(theme.bodyClass)}" data-page="standalone">
<noscript><p class="about">${escapeHtml(needsScript)}</p></noscript>
<script type="application/json" id="${DATA_ID}">${json}</script>
${scripts.map((script) => `<script type="module">${script}</script>`).join('\n')}
<footer class="about">${escapeHtml(about)}</footer>
</body>
</html>
`;
}

/**
 * Code as it stands between its tags: with the line ends that a parser leaves, without the link to a source map.
 * @throws ExplorerError 'internal' when the code would end its element; the bundler sees to it that it does not
 */
function inline(element: 'script' | 'style', code: string): string {
  const text = code.replace(/\r\n?/g, '\n').replace(/\n?(\/\/|\/\*)# sourceMappingURL=[^\n]*\n?$/, '\n');
  if (new RegExp(`</${element}|<!--(?=[^]*<script)`, 'i').test(text)) {
    throw new ExplorerError('internal', `The panel’s ${element} can’t stand in a page.`, { element });
  }
  return text;
}

/** As a content security policy names it: the hash of exactly what stands between the tags. */
async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${toBase64(new Uint8Array(digest))}'`;
}
