import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action, AlignmentChoice, MatrixChoice, Picture } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';
import { segmented, select, specialSelect } from '../controls/selects.ts';
import { whatIfStrip } from '../what-if/what-if-strip.ts';

/** What is drawn of the attention, and how: picture, matrix, alignment; then the picture itself. */
export function pictureSection(
  view: ExplorationView,
  run: RunSummary,
  act: (action: Action) => void,
  picture: TemplateResult,
): TemplateResult {
  const { state } = view;
  // Of a long run no matrix is ever whole.
  const long = view.map.kind === 'tiled';
  const tooLong = t('Not for a text this long: it needs the whole matrix.');
  return html`<div class="view-bar">
      ${segmented<Picture>({
        name: t('Picture'),
        value: state.picture,
        segments: [
          { value: 'heatmap', label: t('Heatmap') },
          {
            value: 'lines',
            label: t('Lines'),
            title: long ? tooLong : t('Lines between two columns of tokens'),
            disabled: long,
          },
        ],
        onChange: (to) => act({ type: 'setPicture', picture: to }),
      })}
      ${select({
        name: t('Matrix'),
        value: state.matrix,
        choices: [
          { value: 'attention', label: t('Attention') },
          { value: 'value', label: t('Value-weighted'), disabled: !run.offers.values },
          { value: 'rollout', label: t('Rollout'), disabled: long },
        ],
        title: long ? t('Rollout is not for a text this long: it needs the whole matrix.') : undefined,
        onChange: (matrix) => act({ type: 'setMatrix', matrix: matrix as MatrixChoice }),
      })}
      ${select({
        name: t('Hard alignment'),
        long: t('Alignment'),
        short: t('Alignment'),
        value: state.alignment,
        choices: [
          { value: 'off', label: t('off') },
          { value: 'argmax', label: t('argmax') },
          { value: 'model', label: t('the model’s best'), disabled: long },
        ],
        title: t('Which words belong together, drawn on the picture'),
        onChange: (alignment) => act({ type: 'setAlignment', alignment: alignment as AlignmentChoice }),
      })}
      ${specialSelect(state.special, act, 'special')}
    </div>
    ${whatIfStrip(view, run, act)} ${matrixNote(state.matrix)}
    ${long ? html`<p class="cap note">${t('{0} × {1} cells: computed in tiles as you look at them. Lines, rollout and the model’s alignment need the whole matrix, and are not offered.', count(view.rows.length), count(view.cols.length))}</p>` : nothing}
    ${state.alignment === 'off' ? nothing : html`<p class="cap note">${alignmentText(view)}</p>`}
    ${picture}`;
}

function alignmentText({ state, alignment, cols }: ExplorationView): string {
  const count = alignment.length;
  if (cols.length === 0) return '';
  return state.alignment === 'argmax'
    ? t('Aligned by argmax: each query with the key that it gives the most weight. Links: {0}.', count)
    : t('Aligned the way that the model’s card found best. Links: {0}.', count);
}

/** What a matrix can tell and what it can't, and where the question whether attention explains stands. */
function matrixNote(matrix: MatrixChoice): TemplateResult {
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
