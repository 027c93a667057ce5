/** A cell of the heatmap, by its indexes. */
export interface Cell {
  readonly row: number;
  readonly col: number;
}
