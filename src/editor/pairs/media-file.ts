import * as vscode from 'vscode';
import { ExplorerError, type Message, message, reasonOf } from '../../contract/error.ts';
import type { MediaFile } from '../../contract/run.ts';
import type { AnchoredPair } from './anchored-pair.ts';
import { AnchoredText } from './anchored-text.ts';

/** Bytes of the largest sound or picture that is read: ten minutes of WAV in stereo. */
const MOST = 128 * 1024 * 1024;

/**
 * A sound or a picture as the source of a pair; the model writes the target.
 * @param uri of the file; undefined lets the person choose one    @returns undefined when none was chosen
 */
export async function pickMedia(uri: vscode.Uri | undefined): Promise<AnchoredPair | undefined> {
  const chosen = uri ?? (await choose());
  if (!chosen) return undefined;
  return { source: { uri: chosen, anchor: new AnchoredText(nameOf(chosen), 0), media: true }, target: undefined };
}

/** The file's bytes as they are now. @throws ExplorerError 'input-file' */
export async function readMedia(uri: vscode.Uri): Promise<MediaFile> {
  const name = nameOf(uri);
  const fail = (reason: string | Message) =>
    new ExplorerError('input-file', "{file} can't be read: {reason}. Choose another sound or picture.", {
      file: name,
      reason,
    });
  let found: vscode.FileStat;
  try {
    found = await vscode.workspace.fs.stat(uri);
  } catch {
    throw fail(message('it is not there'));
  }
  const { size, type } = found;
  if ((type & vscode.FileType.File) === 0) throw fail(message('it is no file'));
  if (size > MOST)
    throw fail(
      message('it has {size} MiB, and at most {most} are read', {
        size: Math.round(size / 2 ** 20),
        most: MOST / 2 ** 20,
      }),
    );
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length <= MOST) return { name, bytes };
  } catch (error) {
    throw fail(reasonOf(error));
  }
  throw fail(message('it grew while it was read'));
}

async function choose(): Promise<vscode.Uri | undefined> {
  const filters = {
    [vscode.l10n.t('Sounds and pictures')]: ['wav', 'png', 'jpg', 'jpeg'],
  };
  const title = vscode.l10n.t('Explore a Sound or Picture');
  return (await vscode.window.showOpenDialog({ title, filters }))?.[0];
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) || uri.path;
}
