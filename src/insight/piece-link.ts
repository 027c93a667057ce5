/** A piece of the source and a piece of the target that belong together, by index. */
export interface PieceLink {
  readonly source: number;
  readonly target: number;
}
