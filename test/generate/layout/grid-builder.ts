import type { CellRole, LayoutCell } from '../report.js';

/** Collects the cells of a table row by row. */
export class GridBuilder {
  readonly cells: LayoutCell[] = [];
  #row = 0;

  get row(): number {
    return this.#row;
  }

  /** Adds a cell to the current row; spans are [rows, columns]. */
  add(
    column: number,
    text: string,
    role: CellRole,
    spans: readonly [number, number] = [1, 1],
    key?: string,
  ): void {
    this.cells.push({
      row: this.#row,
      column,
      rowSpan: spans[0],
      columnSpan: spans[1],
      text,
      role,
      ...(key === undefined ? {} : { key }),
    });
  }

  endRow(): void {
    this.#row++;
  }
}
