import type * as vscode from 'vscode';
import { ExplorerError } from '../../contract/error.ts';
import type { Drawn, DrawRequest, PictureColors } from '../../contract/picture-request.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Exploration, PanelWindow } from '../explorations/exploration.ts';
import type { Settings } from '../host/settings.ts';

/**
 * Has the panel's page draw: letters are measured, pictures rasterised and theme colours known only there. A panel that
 * is hidden is shown for it.
 * @throws ExplorerError 'export-picture', 'export-too-large'
 */
export async function drawPicture<As extends DrawRequest['as']>(
  panel: PanelWindow,
  request: DrawRequest & { readonly as: As },
): Promise<Extract<Drawn, { as: As }>> {
  // Only a page with the focus may write to the clipboard.
  if (request.as === 'clipboard') panel.show(false);
  else if (!panel.visible) panel.show(true);
  const drawn = await panel.draw(request);
  if (drawn.as === 'failure') throw failed(drawn);
  return drawn as Extract<Drawn, { as: As }>;
}

function failed({ failure, detail }: Extract<Drawn, { as: 'failure' }>): ExplorerError {
  switch (failure) {
    case 'empty':
      return new ExplorerError(
        'export-picture',
        'The panel shows no picture yet. Wait until it does, then export again.',
      );
    case 'large':
      return new ExplorerError(
        'export-too-large',
        'A picture of {detail} is too large to be drawn. Export it smaller, or export the numbers.',
        { detail },
      );
    case 'canvas':
      return new ExplorerError(
        'export-picture',
        'The picture could not be drawn: {detail}. Export it as SVG, or export the numbers.',
        { detail },
      );
    case 'clipboard':
      return new ExplorerError(
        'export-picture',
        'The picture could not be copied: {detail}. Click into the panel and copy again, or export it as PNG.',
        { detail },
      );
  }
}

/** What exporting needs of the extension. */
export interface ExportParts {
  /** The exploration that commands act on. */
  readonly active: () => Exploration | undefined;
  readonly engine: Engine;
  readonly settings: () => Settings;
  readonly extensionUri: vscode.Uri;
  readonly version: string;
}

/** Answers to the questions that an export asks; what is left out is asked. */
export interface ExportOptions {
  readonly to?: vscode.Uri;
  readonly colors?: PictureColors;
  readonly scale?: number;
}
