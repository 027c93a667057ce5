import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { initialView } from '../../../src/contract/state-bounds.ts';
import type { ViewState } from '../../../src/contract/view-state.ts';
import { pharaoh } from '../../../src/insight/alignment.ts';
import { nodeFiles } from '../../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import type { Model } from '../../../src/model/model.ts';
import { modelLinks } from '../../../src/run/model-alignment.ts';
import { run } from '../../../src/run/run-pair.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { wholeViewOf } from '../insight/whole-view.ts';
import { ALIGNED_PAIRS } from './aligned-pairs.ts';
import { alignmentErrorRate, tokenLinks } from './alignment-error-rate.ts';
import { countPasses } from './count-passes.ts';
import { fixtureRun } from './fixture-run.ts';

const folder = fileURLToPath(new URL('../../../models/en-zh', import.meta.url));
const checkpoint = async () => undefined;
let model: Model;
const explore = (source: string, target: string) => run(model, { folder, source, target }, () => undefined, checkpoint);

const view = (kept: RunResult, change: Partial<ViewState>) =>
  wholeViewOf(kept, { ...initialView(kept.summary), alignment: 'model', ...change });

beforeAll(async () => {
  model = await loadModel(nodeFiles(folder));
});

describe("the bundled model's alignment", () => {
  it('names what its card found best', () => {
    expect(model.info.wordAlignment).toEqual({ layer: 1, head: 0, row: 'reading', geometricMeanAbove: 0.25 });
  });

  it('makes few errors on pairs aligned by hand, and fewer than one direction alone (AER below 0.1)', async () => {
    const both: Set<string>[] = [];
    const one: Set<string>[] = [];
    for (const pair of ALIGNED_PAIRS) {
      const kept = await explore(pair.source, pair.target);
      both.push(tokenLinks(kept.summary, (await modelLinks(kept, checkpoint))!, pair));
      const { layer, head, row } = model.info.wordAlignment!;
      const summary = { ...kept.summary, model: { ...model.info, wordAlignment: { layer, head, row } } };
      one.push(tokenLinks(summary, (await modelLinks({ ...kept, summary }, checkpoint))!, pair));
    }
    const rate = alignmentErrorRate(both, ALIGNED_PAIRS);
    expect(rate).toBeLessThan(0.1);
    expect(rate).toBeLessThanOrEqual(alignmentErrorRate(one, ALIGNED_PAIRS));
  });

  it('is the same from either side', async () => {
    const [there, back] = [
      await explore('Where is the station?', '车站在哪里？'),
      await explore('车站在哪里？', 'Where is the station?'),
    ];
    const turned = (await modelLinks(back, checkpoint))!.map(({ source, target }) => `${target}-${source}`);
    // A source has its language token before it.
    const found = (await modelLinks(there, checkpoint))!.map(({ source, target }) => `${source - 1}-${target + 1}`);
    expect(found.sort()).toEqual(turned.sort());
  });

  it('is drawn in words and in pieces, whatever head is looked at, and written as Pharaoh', async () => {
    const kept = await explore('I like eating ice cream.', '我喜欢吃冰淇淋。');
    const words = await view(kept, {});
    expect(words.alignment.map(({ row, col }) => [words.cols[col].text, words.rows[row].text])).toEqual([
      ['I', '我'],
      ['like', '喜欢'],
      ['eating', '吃'],
      ['ice', '冰淇淋'],
      ['cream', '冰淇淋'],
      ['.', '。'],
    ]);
    expect(pharaoh(words)).toBe('0-0 1-1 2-2 3-3 4-3 5-4');
    const pieces = await view(kept, { unit: 'pieces', layer: 0, head: 4 });
    expect(pharaoh(pieces)).toBe('0-0 1-1 2-2 3-3 4-4 4-5 5-6');
    expect(pharaoh(await view(kept, { special: 'hide' }))).toBe(pharaoh(words));
    expect((await view(kept, { kind: 'encoder' })).alignment).toEqual([]);
    expect((await view(kept, { alignment: 'off' })).alignment).toEqual([]);
  });

  it('argmax takes the strongest column of what is shown, row by row, and no special token', async () => {
    const kept = await explore('I like eating ice cream.', '我喜欢吃冰淇淋。');
    for (const kind of ['cross', 'encoder', 'decoder'] as const) {
      for (const unit of ['words', 'pieces'] as const) {
        const { alignment, weights, rows, cols } = await view(kept, {
          alignment: 'argmax',
          kind,
          unit,
          layer: 1,
          head: 2,
        });
        for (const { row, col } of alignment) {
          expect(rows[row].special || cols[col].special).toBe(false);
          cols.forEach(({ special }, c) => {
            if (special) return;
            expect(weights[row * cols.length + c]).toBeLessThanOrEqual(weights[row * cols.length + col]);
          });
        }
        // The decoder's first row sees the start token alone.
        const linked = rows.filter(({ special }) => !special).length - (kind === 'decoder' ? 1 : 0);
        expect(alignment).toHaveLength(linked);
      }
    }
  });

  it('goes as far as a text that was cut', async () => {
    const pair = { folder, source: 'I like eating ice cream.', target: '我喜欢吃冰淇淋。', tokenLimit: 5, cut: true };
    const kept = await run(model, pair, () => undefined, checkpoint);
    expect(kept.summary.sourceTokens).toHaveLength(5);
    expect(pharaoh(await view(kept, { unit: 'pieces' }))).toBe('0-0 1-1 2-2');
  });

  it('asks the model once, and not while it is not drawn', async () => {
    const { run, passes } = countPasses(await explore('I like tea.', '我喜欢茶。'));
    await view(run, { alignment: 'argmax' });
    expect(passes()).toBe(0);
    await view(run, {});
    await view(run, { layer: 0, head: 1, unit: 'pieces' });
    expect(passes()).toBe(1);
  });
});

describe('a model whose config names no way to align', () => {
  it('has argmax', async () => {
    const kept = await fixtureRun('marian');
    const [asked, argmax] = [await view(kept, {}), await view(kept, { alignment: 'argmax' })];
    expect(asked.alignment).toEqual(argmax.alignment);
    expect(asked.alignment).toHaveLength(asked.rows.length);
  });
});

describe('pharaoh', () => {
  it('orders by source, counts no special tokens, and is empty without links', () => {
    const label = (special = false) => ({ text: '', from: 0, to: 0, start: 0, end: 0, special });
    const rows = [label(), label(), label(true)];
    const cols = [label(true), label(), label()];
    const alignment = [
      { row: 0, col: 2 },
      { row: 1, col: 1 },
      { row: 1, col: 2 },
    ];
    expect(pharaoh({ rows, cols, alignment })).toBe('0-1 1-0 1-1');
    expect(pharaoh({ rows, cols, alignment: [] })).toBe('');
  });
});
