/** The theme's variables that scripts and style sheets use, each once. */
export function themeNames(...code: readonly string[]): string[] {
  return [...new Set(code.flatMap((text) => text.match(/--vscode-[A-Za-z][\w-]*/g) ?? []))].sort();
}
