import path from 'node:path';
import { initialView } from '../../src/contract/state-bounds.ts';
import type { ViewState } from '../../src/contract/view-state.ts';
import { isWhole, labelledView } from '../../src/insight/axes.ts';
import { nodeFiles } from '../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../src/model/loading/load-model.ts';
import { viewOf } from '../../src/run/build-view.ts';
import { run } from '../../src/run/run-pair.ts';
import { pairShape } from '../../webview/complexity/cost-names.ts';
import { combinePicture } from './combine-picture.ts';
import { complexityPicture } from './complexity-picture.ts';
import { kindsPicture } from './kinds-picture.ts';
import { matchPicture } from './match-picture.ts';
import { pairPicture } from './pair-picture.ts';
import { queryPicture } from './query-picture.ts';

const SOURCE = 'I like eating ice cream.';
const TARGET = '我喜欢吃冰淇淋。';
/** 冰: it attends to ‘ice’ and ‘cream’, and can be followed through all three phases. */
const ASKS = '冰';

/**
 * The walkthrough's pictures, by name: drawn from a run of the bundled model, so that every number in them is one that
 * the window shows, too. They hold tokens, symbols and numbers alone, the same in every language.
 * @param root folder of the project
 */
export async function walkthroughPictures(root: string): Promise<ReadonlyMap<string, string>> {
  const model = await loadModel(nodeFiles(path.join(root, 'models/en-zh')), async () => undefined);
  const request = { folder: '', source: SOURCE, target: TARGET };
  const kept = await run(
    model,
    request,
    () => undefined,
    async () => undefined,
  );
  const query = kept.summary.targetTokens.findIndex(({ text }) => text === ASKS);
  const view = async (change: Partial<ViewState>) => {
    const labelled = labelledView(await viewOf(kept, { ...initialView(kept.summary), query, ...change }), kept.summary);
    if (!isWhole(labelled)) throw new Error('The pair is too long to be drawn.');
    return labelled;
  };
  const cross = await view({});
  const { measures, heads } = (await view({ kind: 'encoder' })).overview;
  // A head whose queries differ most in what they look at: one that is a sink shows little.
  const least = measures.sink.indexOf(Math.min(...measures.sink));
  const self = await view({ kind: 'encoder', layer: Math.floor(least / heads), head: least % heads });
  if (!cross.step) throw new Error('The first view shows no head that could be stepped through.');
  return new Map([
    ['pair', pairPicture(cross)],
    ['query', queryPicture(cross.step)],
    ['match', matchPicture(cross.step)],
    ['combine', combinePicture(cross.step)],
    ['complexity', complexityPicture(pairShape(kept.summary, 'cross'))],
    ['cross', kindsPicture(cross, self)],
  ]);
}
