#!/usr/bin/env node
// npm start: VS Code with the extension and examples/ open. Desktop VS Code where it can be had and there is a
// display, else the browser-based VS Code on 127.0.0.1; with --web VS Code for the Web, which has no Node behind it.
// start.mjs [--browser | --web] [--port=8123]
import { spawn } from 'node:child_process';
import path from 'node:path';
import { hostFolder, root } from './host/paths.mjs';

const DOWNLOAD_PATIENCE_MS = 120_000;

const examples = path.join(root, 'examples');
const example = path.join(examples, 'pairs.tsv');

/** @returns path of desktop VS Code's executable; undefined where there is no display or no way to get it */
async function findDesktop() {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!display || process.argv.includes('--browser')) return undefined;
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  const patience = new Promise((resolve) => setTimeout(resolve, DOWNLOAD_PATIENCE_MS).unref());
  try {
    return await Promise.race([
      downloadAndUnzipVSCode({ version: 'stable', cachePath: path.join(root, '.vscode-test') }),
      patience,
    ]);
  } catch (error) {
    console.log(`Desktop VS Code could not be had (${error.message}).`);
    return undefined;
  }
}

function startDesktop(executable) {
  const profile = path.join(root, '.vscode-test/profile');
  const code = spawn(
    executable,
    [
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${profile}`,
      '--disable-workspace-trust',
      examples,
      example,
    ],
    { stdio: 'ignore' },
  );
  console.log('Desktop VS Code is starting. Closing its window ends it.');
  code.on('exit', (status) => process.exit(status ?? 0));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => code.kill());
}

async function startInBrowser(web) {
  const { installHost } = await import('./host/install-host.mjs');
  installHost();
  const wanted = Number(process.argv.find((argument) => argument.startsWith('--port='))?.slice(7) ?? 8123);
  const { address, stop } = await (web ? serveForTheWeb(wanted) : serveWithNode(wanted));
  console.log(`\nVS Code${web ? ' for the Web' : ''} with Attention Explorer is at\n\n  ${address}\n`);
  console.log('Open it in a browser on this machine, press F1 and type “Attention”. Ctrl+C ends it.');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop().then(() => process.exit(0)));
}

async function serveWithNode(wanted) {
  const { freePort, startServer, workbenchAddress } = await import('./host/server.mjs');
  const server = await startServer(path.join(hostFolder, 'start'), { port: await freePort(wanted) });
  server.process.once('exit', (code) => process.exit(code ?? 0));
  return {
    address: workbenchAddress(server.port, { folder: examples, file: example, extension: root }),
    stop: server.stop,
  };
}

async function serveForTheWeb(port) {
  const { startWebServer } = await import('./host/web-server.mjs');
  const server = await startWebServer({ extension: root, folder: examples, port });
  return { address: server.address(path.basename(example)), stop: server.stop };
}

const { build, PRODUCT } = await import('./build.mjs');
await build({ only: PRODUCT });
const web = process.argv.includes('--web');
const desktop = web ? undefined : await findDesktop();
if (desktop) startDesktop(desktop);
else await startInBrowser(web);
