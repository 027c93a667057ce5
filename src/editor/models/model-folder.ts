import * as vscode from 'vscode';
import { isAbort } from '../../base/scheduling.ts';
import { ExplorerError } from '../../contract/error.ts';
import type { ModelInfo } from '../../contract/model-info.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Explorations } from '../explorations/explorations.ts';
import type { Platform } from '../host/platform.ts';
import { runProgress } from '../host/progress.ts';

/**
 * Makes a folder's checkpoint the model of all explorations from now on. It is read first, with progress and Cancel:
 * only one that can be used is set.
 * @param uri the folder; undefined lets the person choose one
 */
export async function chooseModelFolder(
  uri: vscode.Uri | undefined,
  { explorations, engine, platform }: { explorations: Explorations; engine: Engine; platform: Platform },
): Promise<ModelInfo | undefined> {
  if (!vscode.workspace.isTrusted) {
    throw new ExplorerError(
      'untrusted',
      'This workspace is not trusted, so only the bundled model runs here. Trust the workspace to use another.',
    );
  }
  const folder = uri ?? (await pick());
  if (!folder) return undefined;
  const name = platform.folderName(folder);
  const model = await load(name, engine);
  if (!model) return undefined;
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  const { WorkspaceFolder, Workspace, Global } = vscode.ConfigurationTarget;
  const inWorkspace = vscode.workspace.workspaceFolders?.length ? Workspace : Global;
  // What is set for a folder of the workspace would win over what is set for the whole.
  const target = section.inspect('modelFolder')?.workspaceFolderValue === undefined ? inWorkspace : WorkspaceFolder;
  await section.update('modelFolder', name, target);
  void tell(model, explorations);
  return model;
}

async function pick(): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Choose a folder with config.json and model.safetensors');
  const openLabel = vscode.l10n.t('Use as Model');
  const options = { title, openLabel, canSelectFolders: true, canSelectFiles: false };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

async function load(name: string, engine: Engine): Promise<ModelInfo | undefined> {
  const abort = new AbortController();
  const progress = runProgress(abort);
  try {
    return await engine.load({ folder: name }, { progress: progress.report, signal: abort.signal });
  } catch (error) {
    if (isAbort(error)) return undefined;
    throw error;
  } finally {
    progress.end();
  }
}

async function tell(model: ModelInfo, explorations: Explorations): Promise<void> {
  const { name, family, encoderLayers, decoderLayers, parameters } = model;
  const sizes = vscode.l10n.t(
    '{0} + {1} layers, {2} M parameters',
    encoderLayers,
    decoderLayers,
    (parameters / 1e6).toFixed(1),
  );
  const again = vscode.l10n.t('Explore Again');
  const media = explorations.active?.controller.pair?.source.media === true;
  const ways = explorations.active && media === (model.input !== undefined) ? [again] : [];
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} ({1}: {2}) is used from now on.', name, family, sizes),
    ...ways,
  );
  if (chosen === again) await explorations.active?.controller.runAgain();
}
