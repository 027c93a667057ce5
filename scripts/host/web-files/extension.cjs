// A file system for tries and tests: web-files://workspace/… is the folder that web-server.mjs serves. Reads nothing
// but what that server lists; what is written stays in this window.
const vscode = require('vscode');

const { FileSystemError, FileType, Uri } = vscode;

exports.activate = (context) => {
  const server = context.extensionUri.with({ path: '/' });
  /** Path → its bytes, or a promise of them; undefined for a folder. */
  const files = new Map();
  const listed = fetch(Uri.joinPath(server, 'files.json').toString())
    .then((answer) => answer.json())
    .then((workspace) => {
      for (const file of workspace.files) {
        const path = `/${workspace.name}/${file}`;
        for (let at = 0; at >= 0; at = path.indexOf('/', at + 1)) files.set(path.slice(0, at) || '/', undefined);
        files.set(path, () => read(file));
      }
    });
  const read = async (file) => {
    const answer = await fetch(Uri.joinPath(server, 'files', file).toString());
    if (!answer.ok) throw FileSystemError.Unavailable(file);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const bytesOf = async (uri) => {
    await listed;
    const file = files.get(uri.path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    if (typeof file === 'function') files.set(uri.path, await file());
    return files.get(uri.path);
  };
  const changed = new vscode.EventEmitter();
  const provider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => {}),
    async stat(uri) {
      await listed;
      const path = uri.path.replace(/(.)\/$/, '$1');
      if (!files.has(path)) throw FileSystemError.FileNotFound(uri);
      const isFile = files.get(path) !== undefined;
      const size = isFile ? (await bytesOf(uri)).length : 0;
      return { type: isFile ? FileType.File : FileType.Directory, ctime: 0, mtime: 1, size };
    },
    async readDirectory(uri) {
      await listed;
      const path = uri.path.replace(/\/$/, '');
      if (!files.has(path || '/')) throw FileSystemError.FileNotFound(uri);
      return [...files]
        .filter(([name]) => name.startsWith(`${path}/`) && name !== '/' && !name.slice(path.length + 1).includes('/'))
        .map(([name, file]) => [name.slice(path.length + 1), file === undefined ? FileType.Directory : FileType.File]);
    },
    readFile: bytesOf,
    async writeFile(uri, bytes) {
      await listed;
      files.set(uri.path, bytes);
      changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    },
    createDirectory: (uri) => void files.set(uri.path, undefined),
    delete: (uri) => void files.delete(uri.path),
    rename() {
      throw FileSystemError.NoPermissions('Renaming is not needed here.');
    },
  };
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider('web-files', provider, { isCaseSensitive: true }),
  );
};
