import { html, nothing, type TemplateResult } from 'lit';
import type { PanelCommand } from '../../src/contract/choices.ts';
import type { PanelState } from '../../src/messages/host-messages.ts';
import { t } from '../base/l10n.ts';
import { icon } from '../controls/icon.ts';

type Run = (command: PanelCommand) => void;

const button = (label: string, command: PanelCommand, run: Run, second = false) =>
  html`<button type="button" class="button ${second ? 'second' : ''}" data-command=${command} @click=${() => run(command)}>${label}</button>`;

function stageName(stage: string | undefined): string {
  switch (stage) {
    case 'read':
      return t('Reading the model…');
    case 'tokenize':
      return t('Splitting the texts into tokens…');
    case 'encode':
      return t('Encoding the source…');
    case 'decode':
      return t('Decoding the target…');
    default:
      return t('Starting…');
  }
}

function progress(state: PanelState): TemplateResult {
  const percent = Math.round(100 * Math.min(1, Math.max(0, state.progress?.done ?? 0)));
  return html`<div class="progress" role="progressbar" aria-label=${stageName(state.progress?.stage)} aria-valuemin="0"
    aria-valuemax="100" aria-valuenow=${percent}><div .style=${`width:${percent}%`}></div></div>`;
}

function failureActs(state: PanelState, run: Run) {
  const way = state.error?.way;
  return html`<div class="acts">${way ? button(way.label, way.command, run) : button(t('Run again'), 'runAgain', run)}
    ${way?.command === 'showLog' ? nothing : button(t('Show log'), 'showLog', run, true)}</div>`;
}

/** What stands above an exploration that is still there: running again, failed, or of a text that has changed. */
export function banner(state: PanelState, run: Run): TemplateResult | typeof nothing {
  if (state.status === 'running') {
    return html`<div class="banner running">${icon('sync')}<p>${stageName(state.progress?.stage)}</p>
      <div class="acts">${button(t('Cancel'), 'cancel', run, true)}</div>${progress(state)}</div>`;
  }
  if (state.status === 'failed') {
    return html`<div class="banner failed" role="alert">${icon('warning')}<p>${state.error?.message ?? t('The run failed.')}</p>${failureActs(state, run)}</div>`;
  }
  if (state.stale) {
    return html`<div class="banner stale" role="status">${icon('info')}<p>${t('The text has changed. This shows it as it was.')}</p>
      <div class="acts">${button(t('Run again'), 'runAgain', run)}</div></div>`;
  }
  return nothing;
}

/** The panel while there is nothing to show yet. */
export function blank(state: PanelState, run: Run): TemplateResult {
  if (state.status === 'running' || state.status === 'ready') {
    return html`<div class="blank"><h1>${stageName(state.progress?.stage)}</h1>${progress(state)}
      <div class="acts">${button(t('Cancel'), 'cancel', run, true)}</div></div>`;
  }
  if (state.status === 'failed') {
    return html`<div class="blank" role="alert"><h1>${t('This pair could not be explored')}</h1>
      <p>${state.error?.message ?? t('The run failed.')}</p>${failureActs(state, run)}</div>`;
  }
  return html`<div class="blank"><h1>${t('See what a translation model attends to')}</h1>
    <p>${t('Select a sentence, and its translation if there is one, in the editor. A source alone will do: the model then writes the target.')}</p>
    <div class="acts">${button(t('Explore the selection'), 'explore', run)}${button(t('Open the examples'), 'openExample', run, true)}${button(t('Get started'), 'getStarted', run, true)}</div></div>`;
}
