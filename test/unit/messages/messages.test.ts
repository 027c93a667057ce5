import { beforeAll, describe, expect, it } from 'vitest';
import { abortError } from '../../../src/base/scheduling.ts';
import { ExplorerError } from '../../../src/contract/error.ts';
import { initialView } from '../../../src/contract/state-bounds.ts';
import type { ComputedView, WholeMap } from '../../../src/contract/view.ts';
import { type HostMessage, parseHostMessage } from '../../../src/messages/host-messages.ts';
import { parseWebviewMessage, type WebviewMessage } from '../../../src/messages/webview-messages.ts';
import { fromWire, toWire } from '../../../src/messages/worker-messages.ts';
import { buildView, viewOf } from '../../../src/run/build-view.ts';
import { run } from '../../../src/run/run-pair.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { smallModel } from '../run/small-model.ts';

let kept: RunResult;

let view: ComputedView;
let changed: ComputedView;

beforeAll(async () => {
  kept = await run(
    smallModel(),
    { folder: '/small', source: 'we like eating', target: 'ab cdef g' },
    () => undefined,
    async () => undefined,
  );
  const state = { ...initialView(kept.summary), kind: 'decoder' } as const;
  view = buildView(kept, state);
  changed = await viewOf(kept, { ...state, picture: 'lines', alignment: 'argmax', whatIf: { mask: [1] } });
});

describe('messages of the host', () => {
  it('lets every message of the contract through, as it is, after a structured clone', () => {
    const error = {
      code: 'text-too-long' as const,
      message: 'Too long.',
      way: { label: 'Cut', command: 'runCut' as const },
    };
    const messages: HostMessage[] = [
      { type: 'init', id: 'one', colorMap: 'theme', language: 'zh-cn', strings: { Layer: '层' } },
      { type: 'state', state: { status: 'empty', stale: false, playing: false } },
      {
        type: 'state',
        state: { status: 'running', progress: { done: 0.5, stage: 'encode' }, stale: false, playing: false },
      },
      { type: 'state', state: { status: 'failed', error, stale: true, playing: false } },
      { type: 'state', state: { status: 'ready', run: kept.summary, stale: false, playing: true } },
      { type: 'view', view },
      { type: 'view', view: changed },
      { type: 'highlight', side: 'source', pieces: [] },
      { type: 'highlight', side: 'target', pieces: [0, 3] },
      { type: 'measured', points: [{ method: 'full', targets: 64, sources: 64, milliseconds: 0.2 }], done: false },
      { type: 'reveal', section: 'stepper' },
    ];
    for (const message of messages) expect(parseHostMessage(structuredClone(message))).toEqual(message);
  });

  it('refuses a view whose arrays do not fit its labels', () => {
    const whole = view.map as WholeMap;
    const broken: Partial<ComputedView>[] = [
      { map: { ...whole, values: new Float32Array(3) } },
      { map: { ...whole, weights: [...whole.weights] as never } },
      { map: { ...whole, rows: whole.rows - 1 } },
      { map: { ...whole, kind: 'tiled' } as never },
      { row: whole.rows },
      { overview: { ...view.overview, values: view.overview.values.slice(1) } },
      { step: { ...view.step!, keys: new Float32Array(1) } },
      { step: { ...view.step!, weights: view.step!.weights.slice(1) } },
      { of: 'loss' as never },
      { of: 'difference' },
      { map: { ...whole, before: new Float32Array(1) } },
      { map: { ...whole, headWeights: new Float32Array(whole.values.length) } },
      { alignment: [{ row: 0, col: whole.cols }] },
      { whatIf: { ...changed.whatIf!, after: { ...changed.whatIf!.after, weights: new Float32Array(1) } } },
    ];
    for (const change of broken)
      expect(parseHostMessage({ type: 'view', view: { ...view, ...change } })).toBeUndefined();
  });

  it('refuses a run whose rows have no inputs', () => {
    const run = { ...kept.summary, decoderInput: [] };
    expect(
      parseHostMessage({ type: 'state', state: { status: 'ready', run, stale: false, playing: false } }),
    ).toBeUndefined();
  });

  it.each([undefined, null, 3, 'view', {}, { type: 'eval' }, { type: 'highlight', side: 'source', pieces: [-1] }])(
    'refuses %j',
    (message) => {
      expect(parseHostMessage(message)).toBeUndefined();
    },
  );
});

describe('messages of the webview', () => {
  it('lets every message of the contract through', () => {
    const messages: WebviewMessage[] = [
      { type: 'ready' },
      { type: 'act', action: { type: 'setKind', kind: 'encoder' } },
      { type: 'act', action: { type: 'setLayer', layer: 'mean' } },
      { type: 'act', action: { type: 'setHead', head: 2, layer: 0 } },
      { type: 'act', action: { type: 'setHead', head: 'mean' } },
      { type: 'act', action: { type: 'setQuery', query: 4 } },
      { type: 'act', action: { type: 'setPhase', phase: 'combine' } },
      { type: 'act', action: { type: 'setUnit', unit: 'pieces' } },
      { type: 'act', action: { type: 'setSpecial', special: 'hide' } },
      { type: 'act', action: { type: 'setPicture', picture: 'lines' } },
      { type: 'act', action: { type: 'setMatrix', matrix: 'rollout' } },
      { type: 'act', action: { type: 'setAlignment', alignment: 'model' } },
      { type: 'act', action: { type: 'setSort', sort: 'sink' } },
      { type: 'act', action: { type: 'setWhatIf', whatIf: { mask: [1, 2] } } },
      { type: 'act', action: { type: 'setWhatIf', whatIf: { mask: [], force: { query: 3, keys: [0] } } } },
      { type: 'act', action: { type: 'clearWhatIf' } },
      { type: 'act', action: { type: 'nextPhase' } },
      { type: 'act', action: { type: 'previousToken' } },
      { type: 'command', command: 'runCut' },
      { type: 'setLanguages', direction: '>>cmn<<', sourceLanguage: 'eng_Latn' },
      { type: 'hover', row: -1, col: 2 },
      { type: 'painted', runId: 'x' },
    ];
    for (const message of messages) expect(parseWebviewMessage(structuredClone(message))).toEqual(message);
  });

  it.each([
    null,
    'ready',
    { type: 'act', action: { type: 'setQuery', query: 1.5 } },
    { type: 'act', action: { type: 'setQuery', query: Number.NaN } },
    { type: 'act', action: { type: 'setLayer', layer: 'all' } },
    { type: 'act', action: { type: 'setPhase', phase: 'forget' } },
    { type: 'act', action: { type: 'setMatrix', matrix: 'loss' } },
    { type: 'act', action: { type: 'setWhatIf' } },
    { type: 'act', action: { type: 'setWhatIf', whatIf: { mask: [-1] } } },
    { type: 'act', action: { type: 'setWhatIf', whatIf: { mask: Array(2 ** 17).fill(0) } } },
    { type: 'command', command: 'workbench.action.quit' },
    { type: 'hover', row: '1', col: 0 },
    { type: 'setLanguages', direction: 'x'.repeat(1000) },
    { type: 'ready', more: 1 },
  ])('refuses %j', (message) => {
    expect(parseWebviewMessage(message)).toBeUndefined();
  });
});

describe('errors on the wire', () => {
  it('come back as what they were', () => {
    const back = fromWire(structuredClone(toWire(new ExplorerError('model-nan', 'NaN in w.', { tensor: 'w' }))));
    expect(back).toBeInstanceOf(ExplorerError);
    expect(back).toMatchObject({ code: 'model-nan', message: 'NaN in w.', params: { tensor: 'w' } });
    expect(fromWire(toWire(abortError())).name).toBe('AbortError');
    expect(fromWire(toWire('odd'))).toMatchObject({ code: 'internal', params: { reason: 'odd' } });
  });
});
