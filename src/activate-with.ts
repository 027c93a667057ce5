import * as vscode from 'vscode';
import { registerCommands } from './editor/commands.ts';
import { contextKeys } from './editor/context-keys.ts';
import { Decorations } from './editor/decorations.ts';
import { EngineHost } from './editor/engine-host.ts';
import { ExplorationController } from './editor/exploration-controller.ts';
import { Hovers } from './editor/hovers.ts';
import { logLifetime } from './editor/log.ts';
import type { Platform } from './editor/platform.ts';
import { SetPair } from './editor/set-pair.ts';
import { settings } from './editor/settings.ts';
import { EngineClient } from './engine/engine-client.ts';
import { connectPanel } from './panel/connect-panel.ts';
import { ExplorationPanel, PANEL_TYPE } from './panel/exploration-panel.ts';
import { Memory } from './panel/memory.ts';
import { restore } from './panel/restore.ts';

/** What the integration tests see of the extension. */
export interface Api {
  readonly controller: ExplorationController;
  readonly panel: ExplorationPanel;
  readonly set: SetPair;
  readonly engine: EngineHost;
  readonly decorations: Decorations;
  readonly memory: Memory;
  /** Milliseconds that activate() took. */
  readonly activation: number;
}

/** Builds the parts and connects them, the same in every host; reads nothing and starts nothing. */
export function activateWith(context: vscode.ExtensionContext, platform: Platform): Api {
  const started = performance.now();
  const read = () => settings(platform);
  const engine = new EngineHost(() => new EngineClient(() => platform.startWorker()));
  const controller = new ExplorationController(engine, read);
  const panel = new ExplorationPanel(context.extensionUri);
  const set = new SetPair();
  const memory = new Memory(context.workspaceState);
  const decorations = new Decorations(controller, () => read().decorations);
  context.subscriptions.push(
    logLifetime,
    engine,
    controller,
    panel,
    set,
    decorations,
    new Hovers(controller, () => read().hovers),
    contextKeys(controller),
    registerCommands({ controller, panel, set }),
    connectPanel(panel, controller, engine, decorations),
    controller.onDidChangeView(() => void memory.keep(controller)),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: (restored) => restore(restored, panel, controller, memory),
    }),
  );
  return { controller, panel, set, engine, decorations, memory, activation: performance.now() - started };
}
