import type { ExplorationController } from '../exploration-controller.ts';
import type { PanelWindow } from '../panel-window.ts';

/** One exploration that is open: what is explored and how it is looked at, and the window that shows it. */
export interface Exploration {
  /** Its name for the machine; stays over a reload of the window. */
  readonly id: string;
  readonly controller: ExplorationController;
  readonly panel: PanelWindow;
}
