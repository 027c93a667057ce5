import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where the browser-based VS Code lies; ignored by git, several checkouts can share one. */
export const hostFolder = process.env.VSCODE_HOST_FOLDER ?? path.join(root, '.vscode-host');

/** VS Code's server: what `bin/code-server` of a remote would start. */
export const serverMain = path.join(hostFolder, 'vscode/out/server-main.js');

/** The executable that stands in for desktop VS Code's in @vscode/test-electron. */
export const codeShim = path.join(root, 'scripts/host/code.mjs');
