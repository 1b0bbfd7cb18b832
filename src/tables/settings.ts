/** Tolerances of table reconstruction; lengths in points unless the name says otherwise. */
export interface TableSettings {
  /** Ruling lines of one direction closer than this are one edge (double borders, rounding). */
  readonly snapDistance: number;
  /** Pieces of one edge with gaps up to this are joined (dashes, borders drawn cell by cell). */
  readonly joinGap: number;
  /** Joined edges shorter than this are dots and serifs. */
  readonly shortestEdge: number;
  /** Edges meet where one ends within this distance of the other. */
  readonly meetDistance: number;
  /** Lines that reach out further than this beyond the outermost crossing line show a border that is not drawn. */
  readonly missingBorderReach: number;
  /** Rows and columns narrower than this that hold no cell of their own are one border drawn twice. */
  readonly narrowestSlot: number;
  /** More edges than this on a page are a drawing, not a table. */
  readonly mostEdges: number;
  /** Outer edges of two pieces of one table agree within this distance (a page's binding margin is taken off). */
  readonly stitchDistance: number;
}

export const DEFAULT_TABLE_SETTINGS: TableSettings = {
  snapDistance: 1.6,
  joinGap: 3,
  shortestEdge: 5,
  meetDistance: 2.5,
  missingBorderReach: 6,
  narrowestSlot: 6,
  mostEdges: 8_000,
  stitchDistance: 4,
};
