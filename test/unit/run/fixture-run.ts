import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInputs } from '../../../src/cli/model-inputs.ts';
import type { TokenInfo } from '../../../src/contract/run.ts';
import { readSafetensors } from '../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats } from '../../../src/model/checkpoint/tensor-values.ts';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import { ALL_OFFERS, type RunResult } from '../../../src/run/run-result.ts';
import { fixtureFiles } from '../model/fixture-files.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

/** How test/fixtures/what-if/make.py puts Marian's pieces together: where each word begins. */
const SOURCE_WORDS = [0, 1, 4, 5, 7];
const TARGET_WORDS = [0, 2, 3, 6];

/** A tiny checkpoint of the fixtures, run on its own inputs; its pieces are named by their places. */
export async function fixtureRun(name: 'marian' | 't5' | 'gpt2' | 'bert'): Promise<RunResult> {
  const folder = join(FIXTURES, 'hf', name);
  const model = await loadModel(fixtureFiles(folder));
  const [inputs] = readInputs(readSafetensors(readFileSync(join(folder, 'expected.safetensors')), name), name);
  const { encoder, decoder } = model.network;
  const given = inputs.source as readonly number[];
  const source = encoder ? given : [];
  const target = decoder ? (inputs.target ?? given) : [];
  const summary = {
    runId: name,
    model: model.info,
    source: '',
    target: '',
    offers: ALL_OFFERS,
    generated: false,
    direction: undefined,
    sourceTokens: tokens(source, SOURCE_WORDS),
    targetTokens: tokens(decoder ? [...target.slice(1), model.endToken] : [], TARGET_WORDS),
    decoderInput: tokens(target, TARGET_WORDS),
    logProbability: 0,
    milliseconds: { tokenize: 0, encode: 0, decode: 0 },
  };
  return { summary, model, pass: await model.forward(source, target), overviews: new Map() };
}

/** What make.py computed, by name. */
export function marianExpected(): Map<string, Float32Array> {
  const stored = readSafetensors(readFileSync(join(FIXTURES, 'what-if/marian.safetensors')), 'what-if');
  return new Map([...stored].map(([name, tensor]) => [name, decodeFloats(tensor, name)]));
}

function tokens(ids: readonly number[], words: readonly number[]): TokenInfo[] {
  return ids.map((id, i) => {
    const word = words.findLastIndex((from) => from <= i);
    return { id, text: `${i}`, start: 0, end: 0, special: false, word };
  });
}
