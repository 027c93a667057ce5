import { html, type TemplateResult } from 'lit';
import {
  type LayerShape,
  layerComplexity,
  type ModelPart,
  modelComplexity,
  sumOfPhases,
} from '../../src/attention/complexity.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import { t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';

/** The three phases of one layer: shapes, multiply-adds, bytes. */
export function layerTable(shape: LayerShape, title: string): TemplateResult {
  const { targets, sources, width, heads, headWidth } = shape;
  const inner = heads * headWidth;
  const costs = layerComplexity(shape);
  const sum = sumOfPhases(costs);
  const projections = costs.query.multiplyAdds + targets * inner * width;
  const share = Math.round((100 * projections) / sum.multiplyAdds);
  const rows = [
    [t('Query'), html`Q, K, V`, `${targets}×${inner}, 2 · ${sources}×${inner}`, costs.query],
    [t('Match'), html`QKᵀ`, `${heads} · ${targets}×${sources}`, costs.match],
    [t('Combine'), html`A·V, W<sub>O</sub>`, `${targets}×${width}`, costs.combine],
  ] as const;
  return html`<table>
      <caption class="sr">${t('What each phase of this layer costs')}</caption>
      <thead><tr><th scope="col">${title}</th><th scope="col">${t('what')}</th><th scope="col">${t('shape')}</th>
        <th scope="col" class="num">${t('operations')}</th><th scope="col" class="num">${t('bytes')}</th></tr></thead>
      <tbody>${rows.map(
        ([
          name,
          what,
          dims,
          cost,
        ]) => html`<tr><td>${name}</td><td class="shape">${what}</td><td class="shape">${dims}</td>
        <td class="num">${count(cost.multiplyAdds)}</td><td class="num">${count(cost.bytes)}</td></tr>`,
      )}
        <tr class="sum"><td>${t('Sum')}</td><td></td><td></td><td class="num">${count(sum.multiplyAdds)}</td><td class="num">${count(sum.bytes)}</td></tr>
      </tbody></table>
    <p class="cap">${t(
      'At this length the projections (d²) are {0} % of the work; matching and mixing (T·S·d) take over only in long texts, from about {1} tokens.',
      share,
      count(crossover(shape)),
    )}</p>`;
}

/** Length n = T = S from which 2·n²·d exceeds the projections' 4·n·D·d. */
function crossover({ width }: LayerShape): number {
  return 2 * width;
}

/** One forward pass of the whole model at these lengths. */
export function modelTable(run: RunSummary, targets: number, sources: number): TemplateResult {
  const names: Record<ModelPart, string> = {
    encoder: t('Encoder self-attention'),
    decoder: t('Decoder self-attention'),
    cross: t('Cross-attention'),
    feedForward: t('Feed-forward'),
    output: t('Output layer'),
  };
  const parts = modelComplexity(run.model, targets, sources).filter(({ layers }) => layers > 0);
  const total = parts.reduce((sum, part) => sum + part.multiplyAdds, 0);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return html`<table>
    <caption class="sr">${t('What the whole model costs on this pair')}</caption>
    <thead><tr><th scope="col">${t('Whole model')}</th><th scope="col" class="num">${t('layers')}</th>
      <th scope="col" class="num">${t('share')}</th><th scope="col" class="num">${t('operations')}</th><th scope="col" class="num">${t('bytes')}</th></tr></thead>
    <tbody>${parts.map(
      (part) => html`<tr><td>${names[part.part]}</td><td class="num shape">${part.layers}</td>
        <td class="num shape">${((100 * part.multiplyAdds) / total).toFixed(0)} %</td>
        <td class="num">${count(part.multiplyAdds)}</td><td class="num">${count(part.bytes)}</td></tr>`,
    )}
      <tr class="sum"><td>${t('Sum')}</td><td></td><td class="num">100 %</td><td class="num">${count(total)}</td><td class="num">${count(bytes)}</td></tr>
    </tbody></table>
    <p class="cap">${t('Operations are multiply-adds of matrix products; bytes are the 32-bit numbers that each step leaves behind.')}</p>`;
}
