import { BODY_CLASS, type ThemeName, VARIABLES } from './themes.ts';

/** Runs in the page before the panel's own script: what VS Code puts there. */
declare global {
  interface Window {
    toHost(message: string): Promise<void>;
    fromHost(message: string, held?: boolean): void;
    releaseMessages(): void;
    setTheme(name: ThemeName): void;
    acquireVsCodeApi(): unknown;
  }
}

/** Arrays of floats travel as base64: playwright hands strings over. */
function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$floats' in value)) return value;
  const bytes = Uint8Array.from(atob(String(value.$floats)), (letter) => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/** Bytes travel as text, too. */
function flatten(_key: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  return { $bytes: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')) };
}

let kept: unknown;
window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => void window.toHost(JSON.stringify(message, flatten)),
  getState: () => kept,
  setState: (state: unknown) => {
    kept = state;
  },
});
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (value instanceof Float32Array) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) buffersOf(one, found);
  return found;
}

/** Read, and not handed over yet: what that takes is not the panel's. */
const held: unknown[] = [];
window.fromHost = (message, later) => {
  const read: unknown = JSON.parse(message, revive);
  if (later) held.push(read);
  else window.postMessage(read, '*');
};
window.releaseMessages = () => {
  // Buffers are handed over, as VS Code does it.
  for (const message of held.splice(0)) window.postMessage(message, '*', [...buffersOf(message)]);
};
window.setTheme = (name) => {
  document.body.className = BODY_CLASS[name];
  const { style } = document.documentElement;
  for (const [key, value] of Object.entries(VARIABLES[name])) style.setProperty(`--vscode-${key}`, value);
  if (!VARIABLES[name].contrastBorder) {
    style.removeProperty('--vscode-contrastBorder');
    style.removeProperty('--vscode-contrastActiveBorder');
  }
};
window.setTheme((new URLSearchParams(location.search).get('theme') as ThemeName | null) ?? 'dark');
