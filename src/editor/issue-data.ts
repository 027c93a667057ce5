import type { ModelInfo } from '../contract/model-info.ts';
import type { RunSummary } from '../contract/run.ts';

/** What is known of the place that the extension runs in. */
export interface HostFacts {
  readonly extension: string;
  readonly vscode: string;
  /** 'node' or 'web', and the remote that it runs on where there is one. */
  readonly host: string;
  readonly language: string;
  readonly theme: string;
  readonly trusted: boolean;
}

/**
 * What helps with a report: versions, settings, sizes, error codes. Never a text, a file name or a folder of the
 * person's: a model of their own is named by its family alone.
 * @param settings what was changed from its default; the values of texts are left out
 * @param errors codes of the latest errors, newest last
 */
export function issueData(
  host: HostFacts,
  settings: Readonly<Record<string, unknown>>,
  run: RunSummary | undefined,
  errors: readonly string[],
): string {
  const changed = Object.entries(settings).map(([name, value]) => {
    const plain = typeof value === 'number' || typeof value === 'boolean' || name !== 'modelFolder';
    return `${name}: ${plain ? JSON.stringify(value) : 'set'}`;
  });
  return [
    `- Extension ${host.extension}, VS Code ${host.vscode}, ${host.host}, ${host.language}, ${host.theme}, ${host.trusted ? 'trusted' : 'untrusted'}`,
    `- Settings changed: ${changed.join(', ') || 'none'}`,
    `- Exploration: ${run ? exploration(run) : 'none'}`,
    `- Latest errors: ${errors.join(', ') || 'none'}`,
  ].join('\n');
}

function exploration({ model, sourceTokens, targetTokens, generated, milliseconds }: RunSummary): string {
  const { tokenize, encode, decode } = milliseconds;
  const times = [tokenize, encode, decode].map((time) => Math.round(time)).join(' + ');
  return `${sourceTokens.length} × ${targetTokens.length} tokens${generated ? ' (target generated)' : ''}, ${sizes(model)}, ${times} ms`;
}

function sizes(model: ModelInfo): string {
  const { family, encoderLayers, decoderLayers, encoderHeads, decoderHeads, width, vocabulary, dtype, bytes } = model;
  return `${family} ${encoderLayers}+${decoderLayers} layers, ${encoderHeads}/${decoderHeads} heads, D ${width}, V ${vocabulary}, ${dtype}, ${(bytes / 1e6).toFixed(1)} MB`;
}
