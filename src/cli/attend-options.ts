import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run --silent attend -- --model FOLDER INPUT [options]

INPUT, one of
  --source TEXT [--target TEXT]   one pair; without a target the model writes it
  --pairs FILE.tsv                source TAB target on each line; an empty target is written by the model;
                                  a first line of names (en TAB zh) is left out, further columns too
  --inputs FILE.safetensors       input tensors (input_ids, decoder_input_ids, input_features, pixel_values,
                                  attention_mask, decoder_attention_mask), one or a batch
Options
  --output FILE.safetensors       attentions and logits, instead of JSON lines on standard output
  --attentions                    with cross-attention in the JSON, [layer][head][target][source]
  --direction TOKEN               the target's language as the model names it: '>>cmn<<', 'ro_RO', '__fr__', or the words
                                  of a task, 'translate English to German: '; else from the script of the texts
  --source-language TOKEN         the source's, for models that have to be told
  --beams N                       beams for written targets; 1 (greedy) when left out
  --help                          this text
Paths are relative to where you stand. Errors go to standard error with exit code 1; a pair that fails is named
by its line, and the others still run.`;

export interface AttendOptions {
  readonly model: string;
  readonly input:
    | { readonly kind: 'pair'; readonly source: string; readonly target: string | undefined }
    | { readonly kind: 'pairs' | 'inputs'; readonly file: string };
  readonly output: string | undefined;
  readonly attentions: boolean;
  readonly direction: string | undefined;
  readonly sourceLanguage: string | undefined;
  readonly beams: number;
}

/** @throws Error with the usage when the arguments don't make sense */
export function attendOptions(args: readonly string[]): AttendOptions {
  const text = { type: 'string' } as const;
  let values: ReturnType<typeof parse>;
  const parse = () =>
    parseArgs({
      args: [...args],
      options: {
        model: text,
        source: text,
        target: text,
        pairs: text,
        inputs: text,
        output: text,
        direction: text,
        'source-language': text,
        beams: text,
        attentions: { type: 'boolean' },
      },
    }).values;
  try {
    values = parse();
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`);
  }
  const { model, source, target, pairs, inputs } = values;
  if (model === undefined) throw new Error(`--model is missing.\n\n${USAGE}`);
  if ([source, pairs, inputs].filter((one) => one !== undefined).length !== 1) {
    throw new Error(`Exactly one of --source, --pairs and --inputs is needed.\n\n${USAGE}`);
  }
  if (target !== undefined && source === undefined) throw new Error(`--target goes with --source.\n\n${USAGE}`);
  const beams = Number(values.beams ?? 1);
  if (!Number.isInteger(beams) || beams < 1 || beams > 32)
    throw new Error(`--beams is a whole number from 1 to 32, found ${values.beams}.`);
  const input =
    source !== undefined
      ? { kind: 'pair' as const, source, target: target === '' ? undefined : target }
      : pairs !== undefined
        ? { kind: 'pairs' as const, file: pairs }
        : { kind: 'inputs' as const, file: inputs! };
  return {
    model,
    input,
    output: values.output,
    attentions: values.attentions ?? false,
    direction: values.direction,
    sourceLanguage: values['source-language'],
    beams,
  };
}
