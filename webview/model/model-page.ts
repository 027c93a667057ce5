import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { kvCache } from '../../src/attention/complexity.ts';
import type { ModelDetails, ModelInfo, ModelPartName } from '../../src/contract/model-info.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import { command } from '../base/events.ts';
import { formatList, language, languageName, t } from '../base/l10n.ts';
import { bytes, count } from '../base/value-format.ts';

/** The model that was run: what it is, how large, of what parts, and what its folder says of it. */
@customElement('ax-model')
export class ModelPage extends LitElement {
  @property({ attribute: false }) run: RunSummary | undefined;
  @property({ attribute: false }) details: ModelDetails | undefined;
  @state() private open = false;

  override createRenderRoot() {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('run') && changed.get('run')?.model.folder !== this.run?.model.folder) this.ask();
  }

  /** Opens the page, as a click on its title does. */
  show(): void {
    this.open = true;
    this.ask();
  }

  override render() {
    const model = this.run?.model;
    if (!this.run || !model) return nothing;
    return html`<details class="model" ?open=${this.open} @toggle=${this.onToggle}>
      <summary><h2>${t('Model')}</h2> <span class="cap"><bdi>${model.name}</bdi> · ${model.family} · ${t('{0} M parameters', (model.parameters / 1e6).toFixed(1))}</span></summary>
      ${this.open ? html`<div class="columns">${this.facts(model, this.run)}${this.parts(model)}</div>` : nothing}
    </details>`;
  }

  private facts(model: ModelInfo, run: RunSummary): TemplateResult {
    const { card, tokenizerFiles } = this.known(model) ?? {};
    const cache = kvCache(model, run.targetTokens.length, run.sourceTokens.length);
    const layers = (side: string, number: number, heads: number, inner: number) =>
      number > 0 ? [[side, t('{0} layers × {1} heads, feed-forward {2}', number, heads, count(inner))] as const] : [];
    const title = card?.titles?.[language().toLowerCase()] ?? card?.title;
    const rows: (readonly [string, unknown])[] = [
      ...(title ? [[t('Card'), html`<bdi>${title}</bdi>`] as const] : []),
      // An exploration that was exported leaves it out.
      ...(model.folder ? [[t('Folder'), html`<bdi class="path">${model.folder}</bdi>`] as const] : []),
      [t('Family'), model.family],
      ...layers(t('Encoder'), model.encoderLayers, model.encoderHeads, model.encoderFeedForward),
      ...layers(t('Decoder'), model.decoderLayers, model.decoderHeads, model.decoderFeedForward),
      [t('Width D'), t('{0}; a head dₖ = {1}', count(model.width), model.headWidth)],
      [t('Vocabulary'), count(model.vocabulary)],
      [
        t('Longest text'),
        model.maxPositions === undefined ? t('no bound') : t('{0} tokens', count(model.maxPositions)),
      ],
      [t('Stored as'), `${model.dtype}, ${bytes(model.bytes)}`],
      ...(model.decoderLayers > 0
        ? [
            [
              t('KV cache'),
              t('{0} a target token; this pair {1}', bytes(cache.perToken), bytes(cache.self + cache.cross)),
            ] as const,
          ]
        : []),
      [t('Reads'), inputOf(model)],
      [t('Tokenizer'), tokenizerFiles === undefined ? '…' : tokenizerFiles.join(' + ') || t('none')],
      [t('Languages'), languagesOf(model, card?.languages ?? [])],
      ...(this.known(model) ? [[t('Licence'), card?.license ?? t('the folder’s card says nothing')] as const] : []),
    ];
    return html`<table class="model-facts"><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>`;
  }

  private parts(model: ModelInfo): TemplateResult {
    const { parts, dtypes } = this.known(model) ?? {};
    if (!parts || !dtypes) return html`<p class="cap" role="status">${t('Looking through the folder…')}</p>`;
    const all = parts.reduce((sum, { parameters }) => sum + parameters, 0) || 1;
    return html`<div><table class="model-parts">
      <thead><tr><th scope="col">${t('Part')}</th><th scope="col" class="num">${t('Parameters')}</th><th scope="col" class="num">${t('Bytes')}</th><th scope="col" class="num">${t('Share')}</th><td></td></tr></thead>
      <tbody>${parts.map(
        ({
          part,
          parameters,
          bytes: stored,
        }) => html`<tr><th scope="row">${partName(part)}</th><td class="num">${count(parameters)}</td><td class="num">${bytes(stored)}</td>
          <td class="num">${Math.round((100 * parameters) / all)} %</td><td class="bar-cell"><span aria-hidden="true" .style=${`width:${(100 * parameters) / all}%`}></span></td></tr>`,
      )}</tbody></table>
      ${dtypes.length > 1 ? html`<p class="cap">${dtypes.map(({ dtype, bytes: stored }) => `${dtype} ${bytes(stored)}`).join(', ')}</p>` : nothing}</div>`;
  }

  /** Details of another folder are of another model. */
  private known(model: ModelInfo): ModelDetails | undefined {
    return this.details?.folder === model.folder ? this.details : undefined;
  }

  private readonly onToggle = (event: Event) => {
    this.open = (event.target as HTMLDetailsElement).open;
    this.ask();
  };

  private ask(): void {
    const model = this.run?.model;
    if (this.open && model && !this.known(model)) command(this, 'modelDetails');
  }
}

function inputOf({ input }: ModelInfo): string {
  if (input?.kind === 'sound')
    return t('sound: {0} mel bands, {1} frames of {2} ms', input.mels, input.frames, (1000 * input.hop) / input.rate);
  if (input?.kind === 'picture') return t('a picture of {0} × {0}, in patches of {1} × {1}', input.size, input.patch);
  return t('text');
}

function languagesOf({ directions, sources }: ModelInfo, said: readonly string[]): string {
  const known = [...(sources ?? []), ...directions].map(({ language, name }) => name ?? languageName(language));
  const names = [...new Set(known.length ? known : said.map(languageName))];
  if (names.length === 0) return t('not said');
  return names.length > 12
    ? t('{0} and {1} more', formatList(names.slice(0, 12)), names.length - 12)
    : formatList(names);
}

/** A part of a model as a person reads it. */
function partName(part: ModelPartName): string {
  return {
    embedding: t('Embeddings'),
    encoder: t('Encoder self-attention'),
    decoder: t('Decoder self-attention'),
    cross: t('Cross-attention'),
    feedForward: t('Feed-forward'),
    output: t('Output layer'),
    other: t('Other'),
  }[part];
}
