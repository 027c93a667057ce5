import path from 'node:path';
import { root } from '../../scripts/host/paths.mjs';
import { startWebServer } from '../../scripts/host/web-server.mjs';
import type { Served, WorkbenchOptions } from './workbench.ts';

/** VS Code for the Web: no extension host of Node, a virtual workspace, the extension from another origin. */
export async function serveWeb(options: WorkbenchOptions): Promise<Served> {
  const { folder = path.join(root, 'examples'), settings, file, extensions: extension = root } = options;
  const { address, stop } = await startWebServer({ extension, folder, settings });
  return { address: address(file), stop };
}
