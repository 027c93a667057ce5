import type * as vscode from 'vscode';
import { EXPORT_TARGETS, type ExportTarget } from '../../contract/choices.ts';
import { registerTable } from '../host/errors.ts';
import type { ExportOptions, ExportParts } from './draw-picture.ts';

/** Registers the ways out of the window; each takes what the active exploration shows. */
export function registerExports(parts: ExportParts): vscode.Disposable {
  const run = async (target: ExportTarget | undefined, options: ExportOptions) => {
    const { exportAs } = await import('./export-command.ts');
    return exportAs(target, parts, options);
  };
  return registerTable({
    export: (target?: unknown, options?: ExportOptions) =>
      run(
        EXPORT_TARGETS.find((name) => name === target),
        options ?? {},
      ),
    copyAsImage: () => run('copyAsImage', {}),
    copyAsMarkdownTable: () => run('copyAsMarkdownTable', {}),
    copyWeights: () => run('copyWeights', {}),
  });
}
