import * as vscode from 'vscode';
import { encodeInSlices, yieldToEventLoop } from '../../base/scheduling.ts';
import { shorten } from '../../base/text.ts';
import type { ModelDetails } from '../../contract/model-info.ts';
import type { PictureColors } from '../../contract/picture-request.ts';
import type { RunExport } from '../../contract/run-snapshot.ts';
import { PRINT_PAGE, standaloneHtml, themeNames } from '../../export/standalone-html.ts';
import { packRun } from '../../run/packed-run.ts';
import type { Exploration } from '../explorations/exploration.ts';
import { panelStrings } from '../host/localized-text.ts';
import { drawPicture, type ExportParts } from './draw-picture.ts';
import type { CurrentView } from './exported-view.ts';

/** Of a folder that is no longer there. */
const NO_DETAILS: ModelDetails = { folder: '', parts: [], dtypes: [], tokenizerFiles: [], card: undefined };

/** The whole exploration as one page that stands alone, opened at what is seen. */
export async function pageFile(
  { extensionUri, settings, version }: ExportParts,
  { panel }: Exploration,
  { view, run }: CurrentView,
  exported: RunExport,
  details: ModelDetails | undefined,
  colors: PictureColors,
): Promise<Uint8Array> {
  const [script, host, style] = await Promise.all(
    ['webview.js', 'standalone.js', 'webview.css'].map((name) => readText(extensionUri, name)),
  );
  // Each step takes milliseconds: what else waits for the thread has its turn between them.
  await yieldToEventLoop();
  const names = themeNames(script, style);
  await yieldToEventLoop();
  const theme =
    colors === 'print' ? PRINT_PAGE : (await drawPicture(panel, { as: 'theme', colors, scale: 1, names })).theme;
  const packed = packRun(exported);
  await yieldToEventLoop();
  const about = vscode.l10n.t(
    'Made with Attention Explorer {0}, model {1}. Everything is in this file: nothing is loaded, nothing is sent.',
    version,
    run.model.name,
  );
  const rounded = vscode.l10n.t(
    'To keep it small, its numbers have 16 bits: the last digits may differ from VS Code’s.',
  );
  const isRounded = packed.matrices.some(({ dtype }) => dtype === 'F16');
  const page = {
    data: {
      run: packed,
      state: view.state,
      language: vscode.env.language,
      strings: panelStrings(),
      colorMap: settings().colorMap,
      details: { ...(details ?? NO_DETAILS), folder: '' },
    },
    theme,
    script,
    host,
    style,
    title: `${shorten(run.source, 60)} → ${shorten(run.target, 60)}`,
    about: isRounded ? `${about} ${rounded}` : about,
    needsScript: vscode.l10n.t('This page computes what it shows, so it needs JavaScript.'),
  };
  const html = await standaloneHtml(page, yieldToEventLoop);
  await yieldToEventLoop();
  return encodeInSlices(html);
}

async function readText(extensionUri: vscode.Uri, name: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name)));
}
