import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { chromiumFlags, ensureChromium } from '../../scripts/host/chromium.mjs';
import { root } from '../../scripts/host/paths.mjs';
import { startServer, workbenchAddress } from '../../scripts/host/server.mjs';

/** Milliseconds that a window may take to open, and anything asked of its extension host to be done. */
const PATIENCE = 120_000;

/** What of the project an installed extension consists of. */
const PARTS = ['dist', 'l10n', 'media', 'models', 'package.json', 'package.nls.json', 'package.nls.zh-cn.json'];

/**
 * A window of VS Code in headless Chromium, with a hand in its extension host (inside/run.ts, built to dist/tmp).
 * @param options.extension 'none': the same window without the extension, to compare with; 'watched': with every call into
 *   it timed and all that it reads noted (inside/watch.ts)
 * @returns page; ask(task, argument): does a task of inside/tasks.ts in the extension host; close()
 */
export async function openWindow({ extension = 'plain', settings = {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'attention-bench-'));
  const control = net.createServer();
  await new Promise((resolve) => control.listen(0, '127.0.0.1', resolve));
  const connected = new Promise((resolve) => control.once('connection', resolve));
  const inside = path.join(root, 'dist/tmp/bench-inside.cjs');
  const server = await startServer(folder, {
    settings,
    extensions: installed(folder, extension),
    env: {
      ATTENTION_BENCH_PORT: String(control.address().port),
      ATTENTION_BENCH_WATCH: path.join(root, 'dist/tmp/bench-watch.cjs'),
    },
  });
  let browser;
  const close = async () => {
    await browser?.close().catch(() => {});
    await server.stop();
    control.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.exposeFunction('codeAutomationLog', () => {});
    await page.exposeFunction('codeAutomationExit', () => {});
    await page.goto(
      workbenchAddress(server.port, {
        folder: path.join(root, 'examples'),
        extension: emptyExtension(folder),
        tests: inside,
      }),
    );
    const socket = await within(
      connected,
      () => `No word from the extension host.\n${server.log.join('').slice(-2000)}`,
    );
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    return { page, ask: asker(socket), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Asks one task after the other over a line of JSON each. */
function asker(socket) {
  const waiting = new Map();
  let count = 0;
  createInterface(socket).on('line', (line) => {
    const { id, value, error } = JSON.parse(line);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(error));
  });
  socket.on('error', () => {});
  return (task, argument) => {
    const id = ++count;
    const answered = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    socket.write(`${JSON.stringify({ id, task, argument })}\n`);
    return within(answered, () => `The extension host did not end: ${task}.`);
  };
}

function within(promise, why) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(why())), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A folder of installed extensions with ours in it or none: what is under development VS Code activates at once. */
function installed(folder, extension) {
  const extensions = path.join(folder, 'extensions');
  mkdirSync(extensions);
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const place = path.join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  if (extension === 'plain') symlinkSync(root, place);
  if (extension === 'watched') {
    const needed = (from) => !from.endsWith(path.join('dist', 'tmp')) && !from.endsWith(path.join('dist', 'test'));
    for (const part of PARTS)
      cpSync(path.join(root, part), path.join(place, part), { recursive: true, filter: needed });
    writeFileSync(path.join(place, 'package.json'), JSON.stringify({ ...manifest, main: './watched.cjs' }));
    writeFileSync(
      path.join(place, 'watched.cjs'),
      `module.exports = require(process.env.ATTENTION_BENCH_WATCH).watched(() => require('./${manifest.main}'));\n`,
    );
  }
  return extensions;
}

/** Test runs need an extension under development, if only one that does nothing. */
function emptyExtension(folder) {
  const place = path.join(folder, 'empty');
  mkdirSync(place);
  const manifest = { name: 'empty', publisher: 'bench', version: '0.0.1', engines: { vscode: '*' } };
  writeFileSync(path.join(place, 'package.json'), JSON.stringify(manifest));
  return place;
}
