import type { HostMessage } from '../protocol/panel-messages.ts';

/** What commands ask of the panel; the panel itself stands a floor above. */
export interface PanelWindow {
  show(preserveFocus: boolean): void;
  post(message: HostMessage): void;
}
