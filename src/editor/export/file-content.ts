import type { ExportTarget } from '../../contract/choices.ts';
import { attentionSafetensors } from '../../export/attention-safetensors.ts';
import { explorationJson } from '../../export/exploration-json.ts';
import { matrixCsv } from '../../export/matrix-tables.ts';
import { pharaoh } from '../../insight/alignment.ts';
import { labelledView } from '../../insight/axes.ts';
import type { Exploration } from '../explorations/exploration.ts';
import { drawPicture, type ExportOptions, type ExportParts } from './draw-picture.ts';
import { currentViewOf, wholeMatrix, wholeRun, withRun } from './exported-view.ts';
import { pageFile } from './page-file.ts';

/** Targets that are files. */
export type FileTarget = Exclude<ExportTarget, `copy${string}`>;

/**
 * The bytes of a file: what the exploration shows at this moment.
 * @throws ExplorerError 'export-picture', 'export-too-large'; AbortError when the person cancels
 */
export async function fileBytes(
  target: FileTarget,
  parts: ExportParts,
  exploration: Exploration,
  { colors = 'seen', scale = 1 }: ExportOptions,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { controller, panel } = exploration;
  const engine = parts.engine;
  const text = (content: string) => new TextEncoder().encode(content);
  switch (target) {
    case 'svg':
      return text((await drawPicture(panel, { as: 'svg', colors, scale: 1, names: [] })).svg);
    case 'png':
      return (await drawPicture(panel, { as: 'png', colors, scale, names: [] })).bytes;
    case 'html':
      return withRun(controller, async (any) => {
        const seen = wholeRun(any);
        const exported = await engine.exportRun({ runId: seen.run.runId, state: seen.view.state }, { signal });
        const details = await engine.details({ folder: seen.run.model.folder }).catch(() => undefined);
        return pageFile(parts, exploration, seen, exported, details, colors);
      });
    case 'csv':
      return text(matrixCsv(wholeMatrix(currentViewOf(controller)).view));
    case 'json': {
      const { view, run } = wholeMatrix(currentViewOf(controller));
      return text(explorationJson(view, run));
    }
    case 'npz':
      return withRun(controller, async ({ view, run }) => {
        // Its library makes tables when it is loaded: not before somebody wants a zip.
        const { attentionNpz } = await import('../../export/npz.ts');
        return attentionNpz(view, run, await engine.exportTensors({ runId: run.runId }, { signal }));
      });
    case 'safetensors':
      return withRun(controller, async ({ view, run }) =>
        attentionSafetensors(view, run, await engine.exportTensors({ runId: run.runId }, { signal })),
      );
    case 'pharaoh':
      return withRun(controller, async ({ view, run }) => {
        // Where none is drawn, the way that the model's card found best; of a long run the strongest cells.
        if (view.map.kind === 'tiled' && view.alignment.length === 0) {
          const facts = await engine.tiles({ runId: run.runId, state: view.state, places: [] }, { signal });
          const state = { ...view.state, alignment: 'argmax' as const };
          return text(`${pharaoh(labelledView({ ...view, state }, run, facts))}\n`);
        }
        if (view.state.alignment !== 'off') return text(`${pharaoh(view)}\n`);
        const { alignment } = await engine.view({ runId: run.runId, state: { ...view.state, alignment: 'model' } });
        return text(`${pharaoh({ ...view, alignment })}\n`);
      });
  }
}
