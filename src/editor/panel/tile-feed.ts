import type * as vscode from 'vscode';
import { isAbort } from '../../base/scheduling.ts';
import type { TilePlace } from '../../contract/tiles.ts';
import type { Engine } from '../../engine/engine.ts';
import { tiledId } from '../../insight/axes.ts';
import type { ExplorationController } from '../explorations/exploration.ts';
import { errorState, log } from '../host/errors.ts';
import type { ExplorationPanel } from './explorer-panel.ts';

/**
 * Computes the tiles that a page has in sight and sends them as they come. What the page asks next, another view, and
 * its end stop what is being computed; nothing is kept for a page that comes anew, which asks anew.
 */
export class TileFeed implements vscode.Disposable {
  private asking: AbortController | undefined;
  private id = '';

  constructor(
    private readonly panel: ExplorationPanel,
    private readonly controller: ExplorationController,
    private readonly engine: Engine,
  ) {}

  /** @param id of the tiled matrix that the page shows; one that is no longer looked at is not computed */
  async ask(id: string, places: readonly TilePlace[]): Promise<void> {
    this.stop();
    const { run, view } = this.controller;
    this.id = id;
    if (!run || !view || tiledId(view) !== id) return;
    const abort = new AbortController();
    this.asking = abort;
    const current = () => this.asking === abort && tiledId(this.controller.view) === id;
    try {
      const facts = await this.engine.tiles(
        { runId: run.runId, state: view.state, places },
        {
          onPart: (tile) => {
            // A page that is hidden asks again when it comes back.
            if (!this.panel.visible) this.stop();
            else if (current()) this.panel.tell({ type: 'tile', tile });
          },
          signal: abort.signal,
        },
      );
      if (!current()) return;
      this.controller.setFacts(facts);
      this.panel.tell({ type: 'tilesSummary', facts });
    } catch (error) {
      if (isAbort(error) || !current()) return;
      // The run is no longer kept: looking at it again runs it again, and the page then asks again.
      if (this.controller.recover(error)) return;
      log().error('Tiles of a long run could not be computed.', error);
      this.panel.tell({ type: 'tilesFailed', id, message: errorState(error).message });
    }
  }

  /** Another view is shown: tiles of another matrix are not waited for any more. */
  shown(id: string | undefined): void {
    if (id !== this.id) this.stop();
  }

  stop(): void {
    this.asking?.abort();
    this.asking = undefined;
  }

  dispose(): void {
    this.stop();
  }
}
