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
    throw new ExplorerError('internal', 'The panel’s {element} can’t stand in a page.', { element });
  }
  return text;
}

/** As a content security policy names it: the hash of exactly what stands between the tags. */
async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${toBase64(new Uint8Array(digest))}'`;
}

/** VS Code's light theme for a page that goes to print or to somebody else; the panel's variables, with the system's fonts. */
export const PRINT_PAGE: PageTheme = {
  bodyClass: 'vscode-light',
  variables: {
    '--vscode-font-family':
      "-apple-system, BlinkMacSystemFont, 'Segoe UI', system-ui, Ubuntu, 'Noto Sans', 'Noto Sans CJK SC', sans-serif",
    '--vscode-font-size': '13px',
    '--vscode-editor-background': '#ffffff',
    '--vscode-foreground': '#3b3b3b',
    '--vscode-focusBorder': '#005fb8',
    '--vscode-panel-border': '#e5e5e5',
    '--vscode-widget-border': '#e5e5e5',
    '--vscode-widget-shadow': '#00000029',
    '--vscode-icon-foreground': '#3b3b3b',
    '--vscode-charts-blue': '#0063d3',
    '--vscode-charts-orange': '#b5520a',
    '--vscode-charts-green': '#388a34',
    '--vscode-charts-purple': '#652d90',
    '--vscode-charts-yellow': '#bf8803',
    '--vscode-charts-red': '#e51400',
    '--vscode-editorHoverWidget-background': '#f8f8f8',
    '--vscode-editorHoverWidget-foreground': '#3b3b3b',
    '--vscode-editorHoverWidget-border': '#c8c8c8',
    '--vscode-button-background': '#005fb8',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-badge-background': '#cccccc',
    '--vscode-badge-foreground': '#3b3b3b',
    '--vscode-dropdown-background': '#ffffff',
    '--vscode-dropdown-foreground': '#3b3b3b',
    '--vscode-dropdown-border': '#cecece',
    '--vscode-input-background': '#ffffff',
    '--vscode-menu-background': '#ffffff',
    '--vscode-menu-foreground': '#3b3b3b',
    '--vscode-menu-border': '#cecece',
    '--vscode-list-hoverBackground': '#f2f2f2',
    '--vscode-list-activeSelectionBackground': '#e8e8e8',
    '--vscode-list-activeSelectionForeground': '#000000',
    '--vscode-textLink-foreground': '#005fb8',
    '--vscode-toolbar-hoverBackground': '#b8b8b850',
    '--vscode-progressBar-background': '#005fb8',
  },
};

/** The theme's variables that scripts and style sheets use, each once. */
export function themeNames(...code: readonly string[]): string[] {
  return [...new Set(code.flatMap((text) => text.match(/--vscode-[A-Za-z][\w-]*/g) ?? []))].sort();
}
