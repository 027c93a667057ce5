import * as vscode from 'vscode';
import { formatNumber } from '../../base/number-format.ts';
import { drainWithPauses, TimeSlicer } from '../../base/scheduling.ts';
import { findAttention } from '../../code/find-attention.ts';
import type { Finding } from '../../code/finding.ts';
import { MAX_FILE, prepareNames } from '../../code/python-scopes.ts';
import { sumLines, wholeText } from '../host/document-text.ts';
import { plain } from '../host/localized-text.ts';
import { configText } from './config-hover.ts';
import { formulaText } from './formula-hover.ts';
import { kerasLayerText } from './keras-hover.ts';
import { torchFunctionText, torchLayerText } from './torch-hover.ts';

/** The only command that such a hover may run. */
const GET_STARTED = 'attentionExplorer.getStarted';
/** Lines before and behind the place that are read of a file too long to be read whole. */
const LINES_AROUND = 200;
/** Characters of a file whose names are read in slices, when there is something to look up. */
const LONG = 1000;

/** The hover over a place where code or notes speak of attention. */
export async function codeHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const { version } = document;
  const stop = () => token.isCancellationRequested || document.version !== version;
  const slices = new TimeSlicer();
  const read = await readAround(document, position, slices, token);
  if (!read || stop()) return undefined;
  const { text, from, whole } = read;
  const rest = () => (slices.over ? slices.rest() : undefined);
  const offset = document.offsetAt(position) - from;
  const find = (names: boolean) => drainWithPauses(findAttention(text, offset, isJson(document), names), rest);
  if (whole && text.length > LONG) {
    await slices.rest();
    if (!(await find(false)) || stop()) return undefined;
    await slices.rest();
    await prepareNames(text, rest);
    await slices.rest();
    if (stop()) return undefined;
  }
  const found = await find(whole);
  if (!found || stop()) return undefined;
  const { title, body } = findingText(found);
  const link = `[$(mortar-board) ${vscode.l10n.t('Get started')}](command:${GET_STARTED})`;
  const markdown = new vscode.MarkdownString(`${title} &nbsp; ${link}\n\n${body}`, true);
  markdown.supportHtml = true;
  markdown.isTrusted = { enabledCommands: [GET_STARTED] };
  const { start, end } = found.span;
  return new vscode.Hover(
    markdown,
    new vscode.Range(document.positionAt(from + start), document.positionAt(from + end)),
  );
}

function isJson({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'json' || languageId === 'jsonc';
}

/** The whole text, or of a very long one what is near: VS Code asks for hovers often. In slices, where there is much of it. */
async function readAround(
  document: vscode.TextDocument,
  { line }: vscode.Position,
  slices: TimeSlicer,
  token: vscode.CancellationToken,
): Promise<{ text: string; from: number; whole: boolean } | undefined> {
  await sumLines(document, slices);
  const last = document.lineCount - 1;
  if (document.offsetAt(document.lineAt(last).range.end) <= MAX_FILE) {
    const whole = await wholeText(document, slices, token);
    return whole && { text: whole.text, from: 0, whole: true };
  }
  const start = new vscode.Position(Math.max(0, line - LINES_AROUND), 0);
  const end = document.lineAt(Math.min(last, line + LINES_AROUND)).range.end;
  return { text: document.getText(new vscode.Range(start, end)), from: document.offsetAt(start), whole: false };
}

/** What a hover says of attention in code or notes, in Markdown: a title, and what there is to say. All that comes from the file is escaped. */
function findingText(finding: Finding): { readonly title: string; readonly body: string } {
  const layer = vscode.l10n.t('Multi-head attention');
  const product = vscode.l10n.t('Scaled dot-product attention');
  switch (finding.kind) {
    case 'torch-layer':
      return { title: `**${layer}** · PyTorch`, body: torchLayerText(finding) };
    case 'keras-layer':
      return { title: `**${layer}** · Keras`, body: kerasLayerText(finding) };
    case 'torch-function':
      return { title: `**${product}** · PyTorch`, body: torchFunctionText(finding) };
    case 'formula':
      return { title: `**${product}** · Vaswani et al. 2017`, body: formulaText(finding) };
    case 'config':
      return {
        title: `**${plain(finding.name)}** = ${formatNumber(finding.value)} · Hugging Face`,
        body: configText(finding),
      };
  }
}
