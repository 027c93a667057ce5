import type * as vscode from 'vscode';
import type { PictureColors } from '../../contract/picture-request.ts';
import type { EngineHost } from '../engine-host.ts';
import type { Exploration } from '../explorations/exploration.ts';
import type { Settings } from '../host/settings.ts';

/** What exporting needs of the extension. */
export interface ExportParts {
  /** The exploration that commands act on. */
  readonly active: () => Exploration | undefined;
  readonly engine: EngineHost;
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
