import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action, AlignmentChoice, MatrixChoice, Picture } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { select } from '../controls/select.ts';
import { segmented } from '../controls/selects.ts';
import { specialSelect } from '../controls/special-select.ts';
import { count } from '../model/sizes.ts';
import { whatIfStrip } from '../what-if/what-if-strip.ts';
import { matrixNote } from './matrix-note.ts';

/** What is drawn of the attention, and how: picture, matrix, alignment; then the picture itself. */
export function pictureSection(
  view: ExplorationView,
  run: RunSummary,
  act: (action: Action) => void,
  picture: TemplateResult,
): TemplateResult {
  const { state } = view;
  // Of a long run no matrix is ever whole.
  const long = view.atlas !== undefined;
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
          { value: 'value', label: t('Value-weighted') },
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
