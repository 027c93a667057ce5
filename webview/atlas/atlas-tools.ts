import { html, type TemplateResult } from 'lit';
import { t } from '../base/l10n.ts';
import { icon } from '../controls/icon.ts';
import { segmented } from '../controls/selects.ts';
import type { Measure } from '../tiles/tile-images.ts';

/** Zoom of a button. */
const STEP = 1.6;

interface Tools {
  readonly measure: Measure;
  /** 0 … 1 */
  readonly zoom: number;
  readonly setMeasure: (measure: Measure) => void;
  readonly zoomBy: (factor: number) => void;
  readonly fit: () => void;
}

/** What a block shows of its cells, and how large they are. */
export function atlasTools({ measure, zoom, setMeasure, zoomBy, fit }: Tools): TemplateResult {
  return html`${segmented<Measure>({
    name: t('What a block of cells shows'),
    value: measure,
    segments: [
      { value: 'max', label: t('max'), title: t('Greatest value of each block: a thin bright line stays') },
      { value: 'mean', label: t('mean'), title: t('Mean of each block: how much there is, not the thin bright lines') },
    ],
    onChange: setMeasure,
  })}
    <button type="button" class="tool" title=${t('Zoom out (−)')} aria-label=${t('Zoom out')} ?disabled=${zoom <= 0} @click=${() => zoomBy(1 / STEP)}>${icon('minus')}</button>
    <button type="button" class="tool" title=${t('Zoom in (+)')} aria-label=${t('Zoom in')} ?disabled=${zoom >= 1} @click=${() => zoomBy(STEP)}>${icon('plus')}</button>
    <button type="button" class="tool" title=${t('Show all of it (0)')} aria-label=${t('Show all of it')} ?disabled=${zoom <= 0} @click=${fit}>${icon('fit')}</button>`;
}
