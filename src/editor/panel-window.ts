import type * as vscode from 'vscode';
import type { Drawn, DrawRequest } from '../contract/picture-request.ts';
import type { HostMessage } from '../messages/host-messages.ts';

/** What an exploration asks of its window; the panel itself stands a floor above. */
export interface PanelWindow {
  readonly visible: boolean;
  /** Editor group that it stands in; undefined while it is not open. */
  readonly column: vscode.ViewColumn | undefined;
  readonly onDidClose: vscode.Event<void>;
  /** It has become the editor that the person works in. */
  readonly onDidActivate: vscode.Event<void>;
  setTitle(title: string): void;
  /** @param column where it opens when it is not open yet */
  show(preserveFocus: boolean, column?: vscode.ViewColumn): void;
  /** As if the person had closed it. */
  close(): void;
  post(message: HostMessage): void;
  /** Has its page draw something. @throws ExplorerError 'export-picture' when the page is gone or does not answer */
  draw(request: DrawRequest): Promise<Drawn>;
  dispose(): void;
}
