import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostFolder } from './paths.mjs';
import { freePort, QUIET } from './server.mjs';

const vscode = path.join(hostFolder, 'vscode');
const WORKBENCH = 'out/vs/code/browser/workbench';
const webFiles = path.join(path.dirname(fileURLToPath(import.meta.url)), 'web-files');

/** A page says what its style sheets and scripts are, and browsers believe nothing else. */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * Serves VS Code for the Web as vscode.dev does: files and nothing else. There is no remote and no extension host of
 * Node; the extension comes from another origin than the workbench (127.0.0.1 against localhost), the workspace from a
 * virtual file system (web-files/).
 * @param {object} options
 * @param {string} options.extension folder of the extension
 * @param {string} options.folder folder shown as the workspace
 * @param {Record<string, unknown>} [options.settings] defaults of settings
 * @param {number} [options.port] the port, or the next free one after it
 * @returns `address(file)` of the workbench, with a file of the workspace open; `stop()`
 */
export async function startWebServer({ extension, folder, settings = {}, port: wanted }) {
  const port = await freePort(wanted);
  const name = path.basename(folder);
  const configuration = {
    productConfiguration: {
      enableTelemetry: false,
      extensionsGallery: undefined,
      commit: 'local',
      quality: 'stable',
      // The extension host is on an origin of its own, as there.
      webEndpointUrlTemplate: `http://{{uuid}}.localhost:${port}/static`,
    },
    webviewEndpoint: `http://localhost:${port}/static/out/vs/workbench/contrib/webview/browser/pre`,
    // What code-server's workbench insists on being told.
    userDataPath: '/',
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
    folderUri: { scheme: 'web-files', authority: 'workspace', path: `/${name}` },
    additionalBuiltinExtensions: ['extension', 'web-files'].map((top) => ({
      scheme: 'http',
      authority: `127.0.0.1:${port}`,
      path: `/${top}`,
    })),
    configurationDefaults: { ...QUIET, ...settings },
    enableWorkspaceTrust: false,
    developmentOptions: { enableSmokeTestDriver: true },
  };
  const folders = { static: vscode, extension, 'web-files': webFiles, files: folder };
  const answers = {
    '/': ['text/html', () => page(configuration)],
    '/files.json': ['application/json', () => JSON.stringify({ name, files: filesOf(folder) })],
    [`/static/${WORKBENCH}/workbench.js`]: ['text/javascript', workbench],
  };
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const headers = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' };
    const made = answers[pathname];
    if (made) return response.writeHead(200, { ...headers, 'Content-Type': made[0] }).end(made[1]());
    const file = fileOf(folders, pathname);
    if (!file) return response.writeHead(404, headers).end();
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'Content-Type': type });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address(file) {
      const payload = file && JSON.stringify([['openFile', `web-files://workspace/${name}/${file}`]]);
      return `http://localhost:${port}/${payload ? `?payload=${encodeURIComponent(payload)}` : ''}`;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function page(configuration) {
  const attribute = (value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const values = {
    WORKBENCH_WEB_CONFIGURATION: attribute(JSON.stringify(configuration)),
    WORKBENCH_AUTH_SESSION: '',
    WORKBENCH_WEB_BASE_URL: 'static',
    WORKBENCH_NLS_FALLBACK_URL: 'static/out/nls.messages.js',
    WORKBENCH_NLS_URL: 'static/out/nls.messages.js',
    VS_BASE: 'static',
    BASE: '.',
  };
  const template = readFileSync(path.join(vscode, WORKBENCH, 'workbench.html'), 'utf8');
  const pictures = /<link rel="[\w -]*(?:icon|manifest)"[^>]*>/g; // code-server's own; not in this folder
  return template
    .replace(pictures, '')
    .replace('</head>', '<link rel="icon" href="data:,"></head>')
    .replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '');
}

/** Where code-server's workbench departs from that of VS Code for the Web: it always has a remote, and its settings there. */
const DEPARTURES = [
  [/,remoteAuthority:location\.host\}/, '}'],
  [
    /(get userRoamingDataHome\(\)\{return \w+\(\w+\.file\(this\.userDataPath\)\.with\(\{scheme:\w+\.)vscodeRemote/,
    '$1vscodeUserData',
  ],
];

function workbench() {
  const code = readFileSync(path.join(vscode, WORKBENCH, 'workbench.js'), 'utf8');
  return DEPARTURES.reduce((text, [departure, original]) => {
    if (!departure.test(text)) throw new Error(`The workbench is another than web-server.mjs knows: no ${departure}`);
    return text.replace(departure, original);
  }, code);
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** The file that an address means; undefined where there is none, or outside of what is served. */
function fileOf(folders, pathname) {
  const [, top, ...rest] = decoded(pathname).split('/');
  const folder = Object.hasOwn(folders, top) ? folders[top] : undefined;
  if (!folder) return undefined;
  const file = path.join(folder, ...rest);
  if (!file.startsWith(folder + path.sep)) return undefined;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

function decoded(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '';
  }
}
