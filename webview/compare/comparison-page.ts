import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { SideName } from '../../src/contract/choices.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action } from '../../src/contract/view-state.ts';
import { isWhole, labelledView } from '../../src/insight/axes.ts';
import { type Difference, differenceOf, differenceView } from '../../src/insight/view-difference.ts';
import type { ComparedSide, HostMessage } from '../../src/messages/host-messages.ts';
import { type Cell, keyAction, NO_CELL } from '../base/events.ts';
import type { Host } from '../base/host-connection.ts';
import { setLanguage, t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import { theme } from '../color/theme.ts';
import { commonBar, sideHead } from './comparison-controls.ts';
import { captionTable, kindTable } from './comparison-tables.ts';

/** A side with its labels. */
interface LabelledSide extends ComparedSide {
  readonly view?: ExplorationView;
}

/** Two explorations, two heads or two kinds of attention side by side, and what differs between them. */
@customElement('ax-compare')
export class Compare extends LitElement {
  @state() private left: LabelledSide | undefined;
  @state() private right: LabelledSide | undefined;
  @state() private hovered = NO_CELL;
  @state() private zoom: number | 'fit' = 'fit';

  constructor(private readonly host: Host) {
    super();
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('ax-action', ({ detail, target }) => {
      this.act((target as HTMLElement).closest<HTMLElement>('[data-side=right]') ? 'right' : 'left', detail);
    });
    this.addEventListener('ax-hover', ({ detail }) => {
      this.hovered = detail;
    });
    this.addEventListener('ax-zoom', ({ detail }) => {
      this.zoom = detail;
    });
    document.addEventListener('keydown', this.onKey);
    this.host.listen((message) => this.receive(message));
    this.host.post({ type: 'ready' });
  }

  override disconnectedCallback(): void {
    document.removeEventListener('keydown', this.onKey);
    super.disconnectedCallback();
  }

  override render() {
    const { left, right } = this;
    if (!left || !right) return nothing;
    const [a, b] = [left.view, right.view];
    const whole = a && b && isWhole(a) && isWhole(b) ? { a, b } : undefined;
    const difference = whole && differenceOf(whole.a, whole.b);
    const spanning = whole && a?.of === b?.of ? joined(whole.a.map.values, whole.b.map.values) : undefined;
    const kinds = a && b && a.state.kind !== b.state.kind && a.runId === b.runId;
    return html`<main class="panel compare">
      <h1 class="sr">${t('Comparison')}</h1>
      ${a ? commonBar(a, (action) => this.act('left', action)) : nothing}
      <div class="sides">${this.side('left', 'A', left, spanning)}${this.side('right', 'B', right, spanning)}</div>
      ${a && b ? this.difference(a, b, difference) : nothing}
      ${left.state.run && right.state.run ? captionTable(left.state.run, right.state.run) : nothing}
      ${kinds && left.state.run ? kindTable(left.state.run, a, b) : nothing}
      <div class="sr" role="status" aria-live="polite">${a && b ? spoken(a, difference) : ''}</div>
      <ax-term-tip .about=${(at: HTMLElement) => shownIn(at.closest('[data-side=right]') ? right : left)}></ax-term-tip>
    </main>`;
  }

  private side(name: SideName, letter: string, side: LabelledSide, spanning: Float32Array | undefined): TemplateResult {
    const label = t('Side {0}', letter);
    const pick = () => this.host.post({ type: 'pickSide', side: name });
    return html`<section class="sec side" id=${name} data-side=${name} aria-label=${label}><div class="in">
      ${sideHead(letter, side, (action) => this.act(name, action), pick)}
      ${
        side.view && !isWhole(side.view)
          ? html`<p class="cap" role="status">${t('This map has {0} × {1} cells, too many to stand beside another. Explore it alone to look at it.', side.view.rows.length, side.view.cols.length)}</p>`
          : side.view
            ? html`<ax-heatmap .view=${side.view} .spanning=${spanning} .zoom=${this.zoom} .pointed=${this.pointed(side.view)}></ax-heatmap>`
            : html`<p class="cap" role="status">${sideMessage(side)}</p>`
      }
    </div></section>`;
  }

  private difference(a: ExplorationView, b: ExplorationView, difference: Difference | undefined): TemplateResult {
    const view = difference && isWhole(a) && isWhole(b) ? differenceView(a, b, difference) : undefined;
    return html`<section class="sec" id="difference" aria-label=${t('Difference')}><div class="in">
      ${
        view && difference
          ? html`${keyed('difference', html`<ax-heatmap .view=${view} .zoom=${this.zoom} .pointed=${this.pointed(view)}></ax-heatmap>`)}
            ${differenceFacts(a, difference)}`
          : html`<div class="head"><h2>${t('Difference')}</h2></div><p class="cap">${!isWhole(a) || !isWhole(b) ? t('Not drawn: one of the maps has too many cells.') : t('Not drawn: a difference needs the same tokens in rows and columns, and these two ask or are asked by different ones.')}</p>`
      }
    </div></section>`;
  }

  /** The cell pointed at in any of the maps, where this one has it. */
  private pointed(view: ExplorationView): Cell {
    const { row, col } = this.hovered;
    return row < view.rows.length && col < view.cols.length ? this.hovered : NO_CELL;
  }

  private act(side: SideName, action: Action): void {
    this.host.post({ type: 'actSide', side, action });
  }

  private receive(message: HostMessage): void {
    if (message.type === 'init') {
      setLanguage(message.language, message.strings);
      theme.setMap(message.colorMap);
    }
    if (message.type !== 'compare') return;
    this.left = labelled(message.left);
    this.right = labelled(message.right);
    const kept = ({ id, written, view }: ComparedSide) => ({ id, written, state: view?.state });
    this.host.remember({ left: kept(message.left), right: kept(message.right) });
    const { view } = message.right;
    if (view) void this.updateComplete.then(() => this.host.post({ type: 'painted', runId: view.runId }));
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const from = event.target as HTMLElement;
    if (event.defaultPrevented || from.closest('select, input, [role=radio], [role=menu]')) return;
    const action = keyAction(event);
    if (!action) return;
    event.preventDefault();
    this.act('left', action);
  };
}

/** Labels are made of the tokens of the side's run. */
function labelled({ view, ...side }: ComparedSide): LabelledSide {
  const { run } = side.state;
  return { ...side, view: view && run && labelledView(view, run) };
}

function joined(a: Float32Array, b: Float32Array): Float32Array {
  const all = new Float32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function shownIn({ view, state: { run } }: LabelledSide) {
  return view && run && { view, run };
}

function sideMessage({ state, id }: ComparedSide): string {
  if (state.status === 'running') return t('The model is running…');
  if (state.status === 'failed') return state.error?.message ?? t('The run failed.');
  return id === '' ? t('This exploration is no longer kept.') : t('Starting…');
}

function spoken(a: ExplorationView, difference: Difference | undefined): string {
  const peak = difference?.peak;
  if (!peak) return '';
  return t('Largest difference: {0} → {1}, {2}', a.rows[peak.row]!.text, a.cols[peak.col]!.text, peak.value.toFixed(2));
}

/** The difference in numbers. */
function differenceFacts(a: ExplorationView, { distance, peak }: Difference): TemplateResult {
  const cell =
    peak && `${a.rows[peak.row]!.text} → ${a.cols[peak.col]!.text} ${peak.value > 0 ? '+' : ''}${fixed(peak.value, 2)}`;
  return html`<dl class="facts">
    <dt title=${t('Mean over the queries of half the sum of |B − A| over the weights: 0 is the same attention, 100 % is nothing in common')}>${t('Attention spent elsewhere')}</dt>
    <dd>${(distance * 100).toFixed(1)} %</dd>
    ${cell ? html`<dt>${t('Largest difference')}</dt><dd><bdi>${cell}</bdi></dd>` : nothing}
  </dl>`;
}
