import type { TiledInfo } from '../../src/contract/tiles.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { ValueScale } from '../heatmap/value-scale.ts';
import { headsOf, paintHeads } from './axis-painting.ts';
import { type Marks, paintMarks, paintVeils } from './mark-painting.ts';
import type { ColorTable, Measure, TileImages } from './tile-images.ts';
import { areCellsApart, paintSeparateCells, paintTiles } from './tile-painting.ts';
import type { TileStore } from './tile-store.ts';
import type { TileTheme } from './tile-theme.ts';
import { type Axes, type Detail, frameOn, type Layout, mapBox } from './viewport.ts';

interface TiledScene {
  readonly view: ExplorationView;
  readonly info: TiledInfo;
  readonly room: Layout;
  readonly axes: Axes;
  readonly detail: Detail;
  readonly tiles: TileStore;
  readonly pictures: TileImages;
  /** Pictures of the small map. */
  readonly small: TileImages;
  readonly scale: ValueScale;
  readonly table: ColorTable;
  /** Names table and measure. */
  readonly key: string;
  readonly measure: Measure;
  readonly marks: Marks;
  readonly look: TileTheme;
  readonly corner: string;
  readonly ratio: number;
  /** A picture to be taken away: whole at once, without the small map and the crosshair. */
  readonly still: boolean;
}

/** Everything that is seen of a long matrix. @param context px of the page, upper left corner of the element's picture */
export function paintTiledHeatmap(context: CanvasRenderingContext2D, scene: TiledScene): void {
  const { room, axes, look, view } = scene;
  const marks = scene.still ? { ...scene.marks, shown: undefined } : scene.marks;
  const size = [room.bodyWidth, room.bodyHeight] as const;
  const apart = areCellsApart(axes);
  context.fillStyle = look.background;
  context.fillRect(0, 0, room.width, room.height);

  context.save();
  context.beginPath();
  context.rect(room.labelWidth, room.headHeight, ...size);
  context.clip();
  context.translate(room.labelWidth, room.headHeight);
  paintTiles(context, { ...scene, top: scene.info.top, now: scene.still, apart });
  if (apart) paintSeparateCells(context, scene.tiles, axes, view.of, scene.scale, look);
  paintVeils(context, axes, marks, look, size);
  paintMarks(context, axes, marks, look, size);
  if (!scene.still) paintMap(context, scene);
  context.restore();

  context.strokeStyle = look.rule;
  context.lineWidth = 1;
  context.strokeRect(room.labelWidth - 0.5, room.headHeight - 0.5, room.bodyWidth + 1, room.bodyHeight + 1);
  const { shown, query, highlighted } = marks;
  const highlightedRows = shown ? [shown.row, ...highlighted.rows] : highlighted.rows;
  const highlightedCols = shown ? [shown.col, ...highlighted.cols] : highlighted.cols;
  const heads = headsOf(axes, query < 0 ? highlightedRows : [query, ...highlightedRows], highlightedCols);
  const { rows, cols } = view;
  paintHeads(context, { ...scene, heads, rows, cols, query, highlightedRows, highlightedCols });
}

/** The whole matrix, small, with a frame around what is in sight. */
function paintMap(context: CanvasRenderingContext2D, scene: TiledScene): void {
  const { room, axes, info, look, ratio } = scene;
  const box = mapBox(room, axes);
  const tile = scene.tiles.get({ level: info.top, row: 0, col: 0 });
  if (!box || !tile) return;
  const join = (blocks: number, px: number) => Math.max(0, Math.ceil(Math.log2(blocks / (px * ratio))));
  const detail = { level: info.top, joinRows: join(tile.height, box.height), joinCols: join(tile.width, box.width) };
  const picture = scene.small.of(tile, scene.table, scene.measure, detail, scene.key);
  context.fillStyle = look.background;
  context.fillRect(box.x - 3, box.y - 3, box.width + 6, box.height + 6);
  context.imageSmoothingEnabled = false;
  if (picture) context.drawImage(picture, box.x, box.y, box.width, box.height);
  context.lineWidth = 1;
  context.strokeStyle = look.faint;
  context.strokeRect(box.x - 1.5, box.y - 1.5, box.width + 3, box.height + 3);
  const frame = frameOn(box, axes);
  for (const [color, thick] of [
    [look.background, 4],
    [look.foreground, 1.5],
  ] as const) {
    Object.assign(context, { strokeStyle: color, lineWidth: thick });
    context.strokeRect(frame.x, frame.y, frame.width, frame.height);
  }
}
