import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TokenInfo } from '../../src/contract/run.ts';
import { initialView } from '../../src/contract/state-bounds.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';
import { nodeFiles } from '../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../src/model/loading/load-model.ts';
import { run } from '../../src/run/run-pair.ts';
import { ALL_OFFERS, overviewFor, type RunResult } from '../../src/run/run-result.ts';
import { streamTiles, TiledMatrixStore } from '../../src/run/tiled-run.ts';
import { startThreadedKernels } from '../../src/tensor/threads/start-threaded-kernels.ts';
import { settled, watchMemory } from './watch-memory.ts';

// A long document against its summary: node document-child.mjs <en-zh|t5> <repository> <fixture of t5> <tokens> <threads> → one line of JSON.
const [which, root, fixture, most, threads] = process.argv.slice(2);
const POSITIONS = Number(most);

const LICENCES = '/usr/share/common-licenses';
const SUMMARY =
  '本许可证保证每个人都可以运行、研究、修改和分享软件。分享软件的人必须把同样的自由交给别人，并且提供源代码。软件没有担保。';

/** GPL-3 and what stands beside it in Debian's base; elsewhere this repository's own documents. */
function longText(): string {
  const names = ['GPL-3', 'GPL-2', 'LGPL-2.1'].map((name) => path.join(LICENCES, name));
  const files = names.every(existsSync) ? names : ['ARCHITECTURE.md', 'README.md'].map((name) => path.join(root, name));
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

/** models/en-zh in a folder of its own, with room for more positions: its sinusoids are computed, its weights are as trained. */
function stretched(): string {
  const from = path.join(root, 'models/en-zh');
  const folder = mkdtempSync(path.join(tmpdir(), 'attention-long-'));
  for (const name of readdirSync(from)) writeFileSync(path.join(folder, name), readFileSync(path.join(from, name)));
  const config = JSON.parse(readFileSync(path.join(from, 'config.json'), 'utf8'));
  const longer = { ...config, max_position_embeddings: POSITIONS, max_length: POSITIONS };
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify(longer));
  return folder;
}

const kernels = startThreadedKernels();
kernels.resize(Number(threads));
const options = { memory: kernels.memory };
const folder = stretched();
const english = await loadModel(nodeFiles(folder), undefined, options);
rmSync(folder, { recursive: true });
const text = longText();
const direction = english.info.directions.find(({ language }) => language === 'zh')?.token;
const pieces = english.tokenizer!.encode(text, { prefix: direction });
// One piece is </s>, and one more may come where the text is cut within a word.
const source = text.slice(0, pieces[Math.min(pieces.length, POSITIONS) - 3].end);
const tiny = which === 't5' ? await loadModel(nodeFiles(fixture), undefined, options) : undefined;

await settled();
const memory = watchMemory();
const idle = memory.now();
let longest = 0;
let last = performance.now();
const checkpoint = async () => {
  longest = Math.max(longest, performance.now() - last);
  await new Promise((resolve) => void setImmediate(resolve));
  last = performance.now();
};

const timed = async <T>(work: () => Promise<T>) => {
  const before = process.cpuUsage();
  const began = performance.now();
  last = began;
  const value = await work();
  const cpu = process.cpuUsage(before);
  return { value, milliseconds: performance.now() - began, processor: (cpu.user + cpu.system) / 1000 };
};

const forward = await timed(() => (tiny ? fixtureRun() : englishRun()));
const kept = forward.value;
const above = () => (process.resourceUsage().maxRSS * 1024 - idle) / 2 ** 20;
const result: Record<string, unknown> = {
  model: which,
  sources: kept.summary.sourceTokens.length,
  targets: kept.summary.targetTokens.length,
  forward: forward.milliseconds,
  forwardProcessor: forward.processor,
  longestStretch: longest,
  megabytesAfterForward: above(),
};

for (const kind of ['cross', 'encoder'] as const) result[kind] = await picture(kept, kind);
memory.stop();
console.log(JSON.stringify(result));

/** The overview of all heads, then the atlas of one. */
async function picture(one: RunResult, kind: AttentionKind) {
  const overview = await timed(async () => void overviewFor(one, kind));
  let first = 0;
  const state = { ...initialView(one.summary), kind, layer: 0, head: 0, phase: 'match', unit: 'pieces' } as const;
  const began = performance.now();
  const whole = await timed(async () => {
    const atlas = await new TiledMatrixStore().of(one, state, checkpoint);
    const places = [{ level: atlas.info.top, row: 0, col: 0 }];
    return streamTiles(atlas, places, () => void (first ||= performance.now() - began), checkpoint);
  });
  return {
    overview: overview.milliseconds,
    firstPicture: first,
    wholeBase: whole.milliseconds,
    processor: whole.processor,
    megabytesAboveIdle: above(),
  };
}

function englishRun(): Promise<RunResult> {
  return run(english, { folder, source, target: SUMMARY, direction }, () => undefined, checkpoint);
}

/** The fixture has no tokenizer: it is given the ids of the other, modulo its vocabulary. */
async function fixtureRun(): Promise<RunResult> {
  const model = tiny!;
  const ours = (tokens: readonly TokenInfo[]) =>
    tokens.map((token) => ({ ...token, id: 3 + (token.id % (model.info.vocabulary - 3)) }));
  const sourceTokens = ours(pieces.slice(0, POSITIONS));
  const targetTokens = ours(english.tokenizer!.encode(SUMMARY, { side: 'target' }));
  const ids = (tokens: readonly TokenInfo[]) => tokens.map(({ id }) => id);
  const pass = await model.forward(ids(sourceTokens), ids(targetTokens), checkpoint);
  const summary = {
    runId: 't5',
    model: model.info,
    source: text,
    target: SUMMARY,
    offers: ALL_OFFERS,
    generated: false,
    direction: undefined,
    sourceTokens,
    targetTokens,
    decoderInput: targetTokens,
    logProbability: 0,
    milliseconds: { tokenize: 0, encode: 0, decode: 0 },
  };
  return { summary, model, pass, overviews: new Map() };
}
