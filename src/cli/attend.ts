import { resolve } from 'node:path';
import type { AttentionRecord } from '../attention/attention-record.ts';
import { headWeights } from '../attention/head-trace.ts';
import type { TokenInfo } from '../contract/run.ts';
import { nodeFiles } from '../model/checkpoint/node-files.ts';
import { readSafetensors, type TensorToWrite, writeSafetensors } from '../model/checkpoint/safetensors.ts';
import { loadModel } from '../model/loading/load-model.ts';
import type { TransformerModel } from '../model/transformer/transformer-model.ts';
import { checkPair, type TextSpan } from '../pair/text-pair.ts';
import { run } from '../run/run-pair.ts';
import { startKernels } from '../tensor/wasm/start-kernels.ts';
import { type AttendOptions, attendOptions, USAGE } from './attend-options.ts';
import { checkOutput, readRegularFile, writeOutput } from './files.ts';
import { forwardInputs } from './model-inputs.ts';
import { type BadLine, type LinePair, readPairs } from './pair-file.ts';
import { checkAttentionSize, recordTensors } from './record-tensors.ts';

// A reader that closes early (`| head -1`) has what it wanted: no reason for a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2));

/** @returns exit code: 1 when anything failed */
async function main(args: readonly string[]): Promise<number> {
  try {
    if (args.some((arg) => arg === '--help' || arg === '-h')) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const options = attendOptions(args);
    if (options.output !== undefined) await checkOutput(options.output);
    // Read before the model: a wrong name is said at once.
    const { input } = options;
    const bytes = input.kind === 'pair' ? undefined : await readRegularFile(input.file);
    const pairs =
      input.kind === 'pair'
        ? [{ ...input, line: undefined }]
        : input.kind === 'pairs'
          ? readPairs(bytes!, input.file)
          : [];
    const memory = startKernels();
    const model = await loadModel(nodeFiles(resolve(options.model)), undefined, { memory });
    if (input.kind === 'inputs') {
      await attendInputs(model, bytes!, input.file, options);
      return 0;
    }
    return await attendPairs(model, pairs, options);
  } catch (error) {
    report(error);
    return 1;
  }
}

/** One JSON line a pair, or one file for all. A pair that fails is named; the others still run. */
async function attendPairs(
  model: TransformerModel,
  pairs: readonly (LinePair | BadLine)[],
  options: AttendOptions,
): Promise<number> {
  let failed = 0;
  const tensors: Record<string, TensorToWrite> = {};
  for (const pair of pairs) {
    const { line } = pair;
    try {
      if ('error' in pair) throw pair.error;
      const { source, target } = pair;
      checkPair({ source: span(source), ...(target === undefined ? {} : { target: span(target) }) });
      const request = {
        folder: model.info.folder,
        source,
        target,
        direction: options.direction,
        sourceLanguage: options.sourceLanguage,
        beams: options.beams,
      };
      const { summary, pass } = await run(model, request, ignore, resolved);
      if (options.output === undefined) {
        print({
          source: summary.source,
          target: summary.target,
          generated: summary.generated,
          sourceTokens: summary.sourceTokens.map(token),
          targetTokens: summary.targetTokens.map(token),
          ...(options.attentions ? { cross: nested(pass.cross) } : {}),
        });
        continue;
      }
      checkAttentionSize([...pass.encoder, ...pass.decoder, ...pass.cross], 'file');
      const found: Record<string, TensorToWrite> = {
        input_ids: ids(summary.sourceTokens),
        decoder_input_ids: ids(summary.decoderInput),
        ...recordTensors(model, pass),
      };
      // Several pairs share a file under the number of their line.
      const prefix = line === undefined || pairs.length === 1 ? '' : `${line}.`;
      for (const [name, tensor] of Object.entries(found)) tensors[`${prefix}${name}`] = tensor;
    } catch (error) {
      failed++;
      report(error, line === undefined ? undefined : `line ${line}`);
    }
  }
  if (options.output !== undefined && failed < pairs.length) {
    await writeOutput(options.output, writeSafetensors(tensors));
  }
  return failed === 0 ? 0 : 1;
}

async function attendInputs(
  model: TransformerModel,
  bytes: Uint8Array,
  file: string,
  options: AttendOptions,
): Promise<void> {
  const inputs = readSafetensors(bytes, file);
  const passes = await forwardInputs(model, inputs, file);
  const layers = passes.flatMap(({ encoder, decoder, cross }) => [...encoder, ...decoder, ...cross]);
  checkAttentionSize(layers, options.output === undefined ? 'text' : 'file');
  const found = recordTensors(model, passes);
  if (options.output !== undefined) {
    await writeOutput(options.output, writeSafetensors(found));
    return;
  }
  // Input tensors have no text: the line says what was computed, of which shape.
  print({
    inputs: file,
    shapes: Object.fromEntries(Object.entries(found).map(([name, { shape }]) => [name, shape])),
    ...(options.attentions
      ? { cross: passes.length === 1 ? nested(passes[0].cross) : passes.map((pass) => nested(pass.cross)) }
      : {}),
  });
}

function span(text: string): TextSpan {
  return { text, start: 0, end: text.length };
}

function token({ text, start, end, id }: TokenInfo) {
  return { text, start, end, id };
}

function ids(tokens: readonly TokenInfo[]): TensorToWrite {
  return { shape: [1, tokens.length], data: tokens.map(({ id }) => id) };
}

/** [layer][head][target][source]; nine digits tell any two 32-bit floats apart. */
function nested(records: readonly AttentionRecord[]): number[][][][] {
  checkAttentionSize(records, 'text');
  return records.map((record) =>
    Array.from({ length: record.heads }, (_, head) => {
      const { rows, cols, data } = headWeights(record, head);
      return Array.from({ length: rows }, (_, t) =>
        Array.from(data.subarray(t * cols, (t + 1) * cols), (weight) => Number(weight.toPrecision(9))),
      );
    }),
  );
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function report(error: unknown, where?: string): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${where === undefined ? '' : `${where}: `}${message}\n`);
}

function ignore(): void {}

async function resolved(): Promise<void> {}
