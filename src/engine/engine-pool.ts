import type { ViewState } from '../exploration/view-state.ts';
import type { AtlasFacts, AtlasLineRequest, AtlasRequest, AtlasTile } from '../protocol/atlas.ts';
import type { ExplorationView } from '../protocol/exploration-view.ts';
import type { Measurement, MeasureRequest } from '../protocol/measurement.ts';
import type { ModelDetails } from '../protocol/model-details.ts';
import type { ModelInfo } from '../protocol/model-info.ts';
import type { RunRequest, RunSummary } from '../protocol/run.ts';
import type { RunExport, RunTensors } from '../protocol/run-export.ts';
import type { Engine, Progress } from './engine.ts';

/** Runs whose engine is remembered; more than all engines keep together. */
const KNOWN = 256;

/**
 * Several engines as one: a run goes to the one that has least to do, and everything that is asked of it later goes
 * there too. Another engine is started only when all that run are at work, so one exploration at a time needs one.
 */
export class EnginePool implements Engine {
  private readonly engines: Engine[] = [];
  private readonly working = new Map<Engine, number>();
  private readonly homes = new Map<string, Engine>();

  /** @param start starts an engine    @param size how many there may be, at least 1; asked anew each time */
  constructor(
    private readonly start: () => Engine,
    private readonly size: () => number,
  ) {}

  load(folder: string, progress?: Progress, signal?: AbortSignal): Promise<ModelInfo> {
    return this.at(this.free(), (engine) => engine.load(folder, progress, signal));
  }

  details(folder: string): Promise<ModelDetails> {
    return this.first().details(folder);
  }

  run(request: RunRequest, progress?: Progress, signal?: AbortSignal): Promise<RunSummary> {
    return this.at(this.free(), async (engine) => {
      const run = await engine.run(request, progress, signal);
      this.homes.set(run.runId, engine);
      for (const oldest of this.homes.keys()) {
        if (this.homes.size <= KNOWN) break;
        this.homes.delete(oldest);
      }
      return run;
    });
  }

  view(runId: string, state: ViewState, signal?: AbortSignal): Promise<ExplorationView> {
    return this.home(runId).view(runId, state, signal);
  }

  atlas(request: AtlasRequest, onTile: (tile: AtlasTile) => void, signal?: AbortSignal): Promise<AtlasFacts> {
    return this.home(request.runId).atlas(request, onTile, signal);
  }

  atlasLine(request: AtlasLineRequest, signal?: AbortSignal): Promise<Float32Array> {
    return this.home(request.runId).atlasLine(request, signal);
  }

  exportRun(runId: string, state: ViewState, signal?: AbortSignal): Promise<RunExport> {
    return this.home(runId).exportRun(runId, state, signal);
  }

  exportTensors(runId: string, signal?: AbortSignal): Promise<RunTensors> {
    return this.home(runId).exportTensors(runId, signal);
  }

  measure(request: MeasureRequest, onPoint: (point: Measurement) => void, signal?: AbortSignal): Promise<void> {
    return this.at(this.free(), (engine) => engine.measure(request, onPoint, signal));
  }

  drop(runId: string): void {
    this.homes.get(runId)?.drop(runId);
    this.homes.delete(runId);
  }

  dispose(): void {
    for (const engine of this.engines) engine.dispose();
    this.engines.length = 0;
    this.homes.clear();
  }

  private first(): Engine {
    return this.engines[0] ?? this.add();
  }

  /** The engine of a run; the first where it is not known, which says that the run is gone. */
  private home(runId: string): Engine {
    return this.homes.get(runId) ?? this.first();
  }

  /** The one with least to do; a new one where all are at work and there may be more. */
  private free(): Engine {
    const load = (engine: Engine) => this.working.get(engine) ?? 0;
    const [least] = [...this.engines].sort((a, b) => load(a) - load(b));
    const another = !least || (load(least) > 0 && this.engines.length < Math.max(1, this.size()));
    return another ? this.add() : least;
  }

  private add(): Engine {
    const engine = this.start();
    this.engines.push(engine);
    return engine;
  }

  private async at<T>(engine: Engine, work: (engine: Engine) => Promise<T>): Promise<T> {
    this.working.set(engine, (this.working.get(engine) ?? 0) + 1);
    try {
      return await work(engine);
    } finally {
      this.working.set(engine, (this.working.get(engine) ?? 1) - 1);
    }
  }
}
