import { html, nothing, type TemplateResult } from 'lit';
import type { MatrixChoice } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';

/** What a matrix can tell and what it can't, and where the question whether attention explains stands. */
export function matrixNote(matrix: MatrixChoice): TemplateResult {
  // Weights are what one sees every day: the line on them waits in the fold, those on rarer matrices do not.
  const folded = matrix === 'attention';
  return html`${folded ? nothing : html`<p class="cap note">${TELLS[matrix]()}</p>`}
    <details class="cap note"><summary>${t('Does attention explain a model?')}</summary>
      ${folded ? html`<p>${TELLS[matrix]()}</p>` : nothing}
      <p>${t(
        'Not by itself. Weights say where a layer looks, not why the model decides as it does: other weights can give the same answer (Jain and Wallace 2019, “Attention is not Explanation”), which does not make them meaningless (Wiegreffe and Pinter 2019, “Attention is not not Explanation”). Values matter (Kobayashi et al. 2020, “Attention is Not Only a Weight”), and so do the layers below (Abnar and Zuidema 2020, “Quantifying Attention Flow in Transformers”). To see what a token does, change it: mask it, and compare.',
      )}</p></details>`;
}

const TELLS: Readonly<Record<MatrixChoice, () => string>> = {
  attention: () =>
    t(
      'Attention: how much of each key’s value this head mixes in. It does not say how large that value is, what came into it in the layers below, nor what later layers make of it.',
    ),
  value: () =>
    t(
      'Value-weighted: how much of each value really reaches the layer’s output, ‖weight × value × W_O‖. A large weight on a small value hardly counts. What the residual connection carries past the layer it does not show.',
    ),
  rollout: () =>
    t(
      'Rollout: attention followed back through the layers to the tokens that went in, all heads averaged. It knows nothing of values and feed-forward layers, and counts the residual connection as one half everywhere.',
    ),
};
