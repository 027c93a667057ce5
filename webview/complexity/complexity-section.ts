import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { LayerShape } from '../../src/attention/complexity.ts';
import type { Method } from '../../src/attention/method-complexity.ts';
import type { Measurement, RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { command } from '../base/events.ts';
import { formatList, t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';
import { segmented } from '../controls/selects.ts';
import { term } from '../controls/term.ts';
import { type ChartInput, chart, HEIGHT, legend, lengthAt, readings, tip } from './cost-chart.ts';
import { LENGTHS, METHODS, type Quantity } from './cost-curves.ts';
import { layerShape, methodName, pairShape } from './cost-names.ts';
import { layerTable, modelTable } from './cost-tables.ts';

/** What attention costs: curves over length, this pair on them, times of this machine, and the exact table. */
@customElement('ax-complexity')
export class Complexity extends LitElement {
  @property({ attribute: false }) run: RunSummary | undefined;
  @property({ attribute: false }) view: ExplorationView | undefined;
  @property({ attribute: false }) points: readonly Measurement[] = [];
  @property({ type: Boolean }) measuring = false;
  @state() private quantity: Quantity = 'operations';
  @state() private off: ReadonlySet<Method> = new Set();
  /** Sizes tried with the sliders, in place of the pair's. */
  @state() private tried: LayerShape | undefined;
  @state() private guide: number | undefined;
  /** Height of the pointer in the chart; the keyboard reads in its middle. */
  @state() private pointer = HEIGHT / 2;
  @state() private width = 600;
  private plot: Element | undefined;
  private readonly sizes = new ResizeObserver((entries) => {
    const width = Math.floor(entries.at(-1)!.contentRect.width);
    if (width) this.width = width;
  });

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.plot) this.sizes.observe(this.plot);
  }

  override disconnectedCallback(): void {
    this.sizes.disconnect();
    super.disconnectedCallback();
  }

  /** Of a view it shows the kind and the layer: another head or phase is none of its business. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    if (changed.size > 1 || !changed.has('view')) return true;
    const before = changed.get('view')?.state;
    return before?.kind !== this.view?.state.kind || before?.layer !== this.view?.state.layer;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('run') && changed.get('run')?.runId !== this.run?.runId) this.tried = undefined;
  }

  protected override updated(): void {
    // Asked for its width at every update, the page would have to lay itself out at once: it is told instead.
    const plot = this.querySelector('.plot');
    if (plot && plot !== this.plot) this.sizes.observe(plot);
    this.plot = plot ?? undefined;
  }

  override render() {
    const { run, view } = this;
    if (!run || !view) return nothing;
    const shape = this.tried ?? pairShape(run, view.state.kind);
    const input: ChartInput = {
      quantity: this.quantity,
      shape,
      tried: this.tried !== undefined,
      kind: view.state.kind,
      methods: METHODS.filter((method) => !this.off.has(method)),
      measurements: this.points,
      width: this.width,
      guide: this.guide,
    };
    const { layer } = view.state;
    const title = this.tried
      ? t('A layer of these sizes')
      : layer === 'mean'
        ? t('One layer')
        : t('Layer {0}', layer + 1);
    return html`<div class="head"><h2>${term('complexity', t('Complexity'))}</h2><span class="cap">${this.caption()}</span>
        ${segmented<Quantity>({
          name: t('Measure'),
          value: this.quantity,
          segments: [
            { value: 'operations', label: t('Operations'), term: 'operations' },
            { value: 'bytes', label: t('Bytes'), term: 'bytes' },
            { value: 'time', label: t('Time'), term: 'time' },
          ],
          onChange: (quantity) => (this.quantity = quantity),
        })}</div>
      <div class="cx">${guard([run, ...this.seen(view)], () => this.curves(input, shape))}
        <div>${layerTable(layerShape(shape, view.state.kind), title)}${guard([run, view.state.kind, this.tried], () => modelTable(run, shape.targets, shape.sources))}</div></div>`;
  }

  /** All that the curves follow from, beside the run: another layer is not among it. */
  private seen({ state: { kind } }: ExplorationView): unknown[] {
    const { quantity, off, tried, guide, pointer, width, points, measuring } = this;
    return [kind, quantity, off, tried, guide, pointer, width, points, measuring];
  }

  private curves(input: ChartInput, shape: LayerShape) {
    return html`<div>
          ${legend({ ...input, off: this.off, toggle: (method) => this.toggle(method) })}
          <div class="plot" role="slider" tabindex="0" aria-label=${t('Length, to read the curves at')} aria-valuemin=${LENGTHS[0]}
            aria-valuemax=${LENGTHS[LENGTHS.length - 1]} aria-valuenow=${this.guide ?? LENGTHS[0]} aria-valuetext=${this.spoken(input)}
            @pointermove=${this.onPointer} @pointerleave=${() => (this.guide = undefined)} @blur=${() => (this.guide = undefined)} @keydown=${this.onKey}>
            ${chart(input)}${tip(input, this.pointer)}
          </div>
          <div class="acts">
            <button type="button" class="button second measure" @click=${() => command(this, this.measuring ? 'cancelMeasure' : 'measure')}>${
              this.measuring ? t('Stop measuring') : t('Measure on this machine')
            }</button>
            <span class="cap" role="status">${this.measuring ? t('Measuring… {0} points', this.points.length) : nothing}</span>
            ${this.tried ? html`<button type="button" class="button second back" @click=${this.onBack}>${t('Back to this pair')}</button>` : nothing}
          </div>
          ${sliders(shape, (tried) => (this.tried = tried))}
        </div>`;
  }

  private caption(): string {
    if (this.quantity === 'time') return t('milliseconds of match and combine, all heads of a layer, on this machine');
    if (this.quantity === 'bytes') return t('held besides Q, K, V and the result, one layer');
    return t('multiply-adds of match and combine, one layer');
  }

  private spoken(input: ChartInput): string {
    const length = this.guide ?? LENGTHS[0];
    const values = readings(input, length).map(
      ({ method, text }) => `${methodName(method, input.shape.sources)}: ${text}`,
    );
    return `n = ${length}. ${formatList(values)}`;
  }

  private toggle(method: Method): void {
    const off = new Set(this.off);
    if (!off.delete(method) && off.size < METHODS.length - 1) off.add(method);
    this.off = off;
  }

  private readonly onPointer = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.guide = lengthAt(event.clientX - box.left, this.width);
    this.pointer = event.clientY - box.top;
  };

  /** The button goes, so that the focus needs another place. */
  private readonly onBack = () => {
    this.tried = undefined;
    this.querySelector<HTMLElement>('.slide input')?.focus();
  };

  private readonly onKey = (event: KeyboardEvent) => {
    const at = this.guide === undefined ? -1 : LENGTHS.indexOf(this.guide);
    const last = LENGTHS.length - 1;
    const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    this.guide = LENGTHS[Math.max(0, Math.min(last, to))];
    this.pointer = HEIGHT / 2;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Sliders move in steps of a factor, since lengths and widths matter by factors. */
const LENGTH_STEPS = 56;
const lengthOf = (step: number): number => Math.max(1, Math.round(2 ** (step / 4)));
const stepOf = (length: number): number => Math.round(4 * Math.log2(Math.max(1, length)));

/** T, S, d and heads, to try other sizes than this pair's. */
function sliders(shape: LayerShape, change: (shape: LayerShape) => void): TemplateResult {
  const slider = (name: string, value: number, max: number, at: number, pick: (step: number) => LayerShape) =>
    html`<label class="slide"><span>${name}</span><input type="range" min="0" max=${max} .value=${String(at)} aria-valuetext=${value}
      @input=${(event: Event) => change(pick(Number((event.target as HTMLInputElement).value)))} /><output>${count(value)}</output></label>`;
  const widths = [64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048];
  const counts = [1, 2, 4, 6, 8, 12, 16, 32];
  const near = (list: readonly number[], value: number): number =>
    list.reduce((best, x, i) => (Math.abs(x - value) < Math.abs(list[best] - value) ? i : best), 0);
  // Width is shared out among the heads, as in every checkpoint that we read.
  const sized = (width: number, heads: number): LayerShape => ({
    ...shape,
    width,
    heads,
    headWidth: Math.max(1, Math.round(width / heads)),
  });
  return html`<div class="sliders" role="group" aria-label=${t('Try other sizes')}>
    ${slider('T', shape.targets, LENGTH_STEPS, stepOf(shape.targets), (step) => ({ ...shape, targets: lengthOf(step) }))}
    ${slider('S', shape.sources, LENGTH_STEPS, stepOf(shape.sources), (step) => ({ ...shape, sources: lengthOf(step) }))}
    ${slider('d', shape.width, widths.length - 1, near(widths, shape.width), (step) => sized(widths[step], shape.heads))}
    ${slider(t('heads'), shape.heads, counts.length - 1, near(counts, shape.heads), (step) => sized(shape.width, counts[step]))}
  </div>`;
}
