import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunExport } from '../../../src/contract/run-snapshot.ts';
import { initialView } from '../../../src/contract/state-bounds.ts';
import { type PortLike, portTransport } from '../../../src/engine/worker/transport.ts';
import { workerClient } from '../../../src/engine/worker/worker-client.ts';
import { WorkerEngine } from '../../../src/engine/worker/worker-loop.ts';
import type { PackedRun } from '../../../src/messages/standalone-data.ts';
import { decodeFloats } from '../../../src/model/checkpoint/tensor-values.ts';
import { packRun, unpackRun } from '../../../src/run/packed-run.ts';
import { exportRun } from '../../../src/run/run-export.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { LARGEST_FLOAT16, toFloat16 } from '../../../src/tensor/half-precision.ts';
import { hostileRun, STATES, viewOf } from '../export/hostile-run.ts';
import { wholeViewOf as engineView, wholeView } from '../insight/whole-view.ts';
import { smallModel } from './small-model.ts';

let kept: RunResult;

let exported: RunExport;
beforeAll(async () => {
  kept = await hostileRun();
  exported = await exportRun(kept, viewOf(kept).state, async () => undefined);
});

/** Through JSON, as it stands in a page. */
const throughJson = (run: RunExport, whole?: number) =>
  unpackRun(JSON.parse(JSON.stringify(packRun(run, whole))) as PackedRun);

describe('a run without its model', () => {
  it.each(STATES)('shows every number, prediction and fact that the kept run shows: %j', (state) => {
    const live = viewOf(kept, { ...state, alignment: 'argmax', picture: 'lines' });
    const copy = wholeView(throughJson(exported).run, live.state);
    expect(copy).toEqual(live);
    if (live.step) expect(live.step.predictions).toHaveLength(state.kind === 'encoder' ? 0 : 5);
  });

  it('keeps the what-if of the state that was exported', async () => {
    const state = { ...viewOf(kept).state, whatIf: { mask: [1], force: { query: 2, keys: [0, 3] } } };
    const live = await engineView(kept, state);
    const { run, changed } = throughJson(await exportRun(kept, state, async () => undefined));
    expect(wholeView(run, changed!.state, changed!.run)).toEqual(live);
    expect(live.whatIf?.before.weights).not.toEqual(live.whatIf?.after.weights);
  });

  it('in 16 bits shows weights that differ in the third digit at most', () => {
    for (const state of STATES) {
      const live = viewOf(kept, state);
      const copy = wholeView(throughJson(exported, 0).run, live.state);
      copy.weights.forEach((weight, i) => {
        expect(Math.abs(weight - live.weights[i])).toBeLessThan(2e-3);
      });
    }
    const bytes = (run: PackedRun) => run.matrices.reduce((sum, { data }) => sum + data.length, 0);
    expect(bytes(packRun(exported, 0))).toBeLessThan(0.52 * bytes(packRun(exported)));
  });

  it('keeps numbers that 16 bits can’t hold in 32', () => {
    const [first, ...others] = exported.matrices;
    const data = first.data.map((value, i) => (i === 0 ? 70_000 : value));
    const packed = packRun({ ...exported, matrices: [{ ...first, data }, ...others] }, 0);
    expect(packed.matrices[0].dtype).toBe('F32');
    expect(packed.matrices[1].dtype).toBe('F16');
  });

  it('says that the model is not there where something would compute with it', () => {
    const copy = throughJson(exported).run;
    expect(() => copy.model.logits(kept.pass.decoderOutput)).toThrow(/not the model/);
  });

  it('names nothing of the person’s machine, and each matrix once', () => {
    expect(JSON.stringify(packRun(exported))).not.toContain('/small');
    const { encoder, cross } = exported.records;
    // The small model feeds one layer's output into the next, as it is.
    expect(encoder[1].input).toBe(encoder[0].output);
    expect(cross).toHaveLength(2);
    expect(new Set(exported.matrices).size).toBe(exported.matrices.length);
  });

  it('is refused before anything is copied when a page could not hold it', async () => {
    const [record] = kept.pass.encoder;
    const input = { rows: 6000, cols: 6000, data: { byteLength: 4 * 6000 * 6000 } as Float32Array };
    const large = { ...kept, pass: { ...kept.pass, encoder: [{ ...record, input }] } };
    await expect(exportRun(large, viewOf(kept).state, async () => undefined)).rejects.toMatchObject({
      code: 'export-too-large',
    });
  });
});

it('the engine hands a run over as it keeps it, ids and all layers’ weights too; the run stays', async () => {
  const { port1, port2 } = new MessageChannel();
  new WorkerEngine(
    portTransport(port2 as unknown as PortLike),
    async () => smallModel(),
    () => {
      throw new Error('nothing is looked at here');
    },
  );
  const client = workerClient(() => portTransport(port1 as unknown as PortLike));
  try {
    const run = await client.run({ folder: '/small', source: 'we like eating', target: 'ab cdef g' });
    const tensors = await client.exportTensors({ runId: run.runId });
    expect(Object.keys(tensors)).toEqual([
      'input_ids',
      'decoder_input_ids',
      ...['encoder', 'decoder', 'cross'].flatMap((kind) => [`${kind}_attentions.0`, `${kind}_attentions.1`]),
    ]);
    expect(tensors.decoder_input_ids.data).toEqual(run.decoderInput.map(({ id }) => id));
    const first = await client.exportRun({ runId: run.runId, state: initialView(run) });
    expect(first.predictions).toHaveLength(run.targetTokens.length);
    expect(await client.exportRun({ runId: run.runId, state: initialView(run) })).toEqual(first);
    await expect(client.exportRun({ runId: 'gone', state: initialView(run) })).rejects.toMatchObject({
      code: 'run-gone',
    });
  } finally {
    client.dispose();
  }
});

it('16-bit floats are the nearest ones, ties to even', () => {
  const read = (halves: Uint16Array) =>
    decodeFloats({ dtype: 'F16', shape: [halves.length], bytes: new Uint8Array(halves.buffer) }, 'test');
  // Every finite half gives itself back …
  const all = Uint16Array.from({ length: 65536 }, (_, i) => i).filter((bits) => ((bits >> 10) & 31) !== 31);
  expect(toFloat16(read(all))).toEqual(all);
  // … and every other float the one of its neighbours that is nearer.
  fc.assert(
    fc.property(fc.float({ min: -LARGEST_FLOAT16, max: LARGEST_FLOAT16, noNaN: true }), (x) => {
      const [bits] = toFloat16(Float32Array.of(x));
      const error = (half: number) => Math.abs(read(Uint16Array.of(half))[0] - x);
      const near = [bits - 1, bits + 1].filter((b) => b >= 0 && ((b >> 10) & 31) !== 31 && b < 65536);
      for (const other of near) {
        expect(error(bits)).toBeLessThanOrEqual(error(other));
        if (error(bits) === error(other)) expect(bits & 1).toBe(0);
      }
    }),
    { seed: 11, numRuns: 2000 },
  );
});
