import type { RulingLine } from '../model/geometry.js';
import type { TableSettings } from './settings.js';

/** Step 1 of a ruled table: lines of one direction that lie side by side get one place across (their weighted mean). */
export function snapEdges(lines: readonly RulingLine[], settings: TableSettings): RulingLine[] {
  const byPlace = [...lines].sort((a, b) => a.at - b.at);
  const snapped: RulingLine[] = [];
  let cluster: RulingLine[] = [];
  const flush = (): void => {
    const at = weightedPlace(cluster);
    for (const line of cluster) snapped.push({ ...line, at });
  };
  for (const line of byPlace) {
    const [first, last] = [cluster[0], cluster.at(-1)];
    const isApart =
      first &&
      last &&
      (line.at - last.at > settings.snapDistance || line.at - first.at > 2 * settings.snapDistance);
    if (isApart) {
      flush();
      cluster = [];
    }
    cluster.push(line);
  }
  flush();
  return snapped;
}

function weightedPlace(cluster: readonly RulingLine[]): number {
  let sum = 0;
  let weight = 0;
  for (const line of cluster) {
    const length = line.to - line.from + 1;
    sum += line.at * length;
    weight += length;
  }
  return sum / weight;
}

/** Step 2: pieces of one edge are joined over small gaps; what stays short is no edge. Takes snapped lines. */
export function joinEdges(lines: readonly RulingLine[], settings: TableSettings): RulingLine[] {
  const ordered = [...lines].sort((a, b) => a.at - b.at || a.from - b.from);
  const joined: RulingLine[] = [];
  for (const line of ordered) {
    const last = joined.at(-1);
    if (last && last.at === line.at && line.from - last.to <= settings.joinGap) {
      joined[joined.length - 1] = {
        ...last,
        to: Math.max(last.to, line.to),
        thickness: Math.max(last.thickness, line.thickness),
      };
    } else {
      joined.push(line);
    }
  }
  return joined.filter((line) => line.to - line.from >= settings.shortestEdge);
}

/** Edges that hang together through their crossings: the lines of one table, most likely. */
export interface EdgeGroup {
  readonly horizontal: readonly RulingLine[];
  readonly vertical: readonly RulingLine[];
}

/** Step 3: groups of edges connected by crossings. Takes joined edges; edges that cross nothing are left out. */
export function groupEdges(
  horizontal: readonly RulingLine[],
  vertical: readonly RulingLine[],
  settings: TableSettings,
): EdgeGroup[] {
  const near = settings.meetDistance;
  const columns = [...vertical].sort((a, b) => a.at - b.at);
  const parents = [...horizontal, ...columns].map((_, i) => i);
  const crossed = new Set<number>();
  for (const [h, line] of horizontal.entries()) {
    for (let v = lowerBound(columns, line.from - near); v < columns.length; v++) {
      const column = columns[v];
      if (!column || column.at > line.to + near) break;
      if (line.at < column.from - near || line.at > column.to + near) continue;
      union(parents, h, horizontal.length + v);
      crossed.add(h).add(horizontal.length + v);
    }
  }
  const groups = new Map<number, { horizontal: RulingLine[]; vertical: RulingLine[] }>();
  for (const i of crossed) {
    const root = find(parents, i);
    const group = groups.get(root) ?? { horizontal: [], vertical: [] };
    groups.set(root, group);
    const [line, column] = [horizontal[i], columns[i - horizontal.length]];
    if (line) group.horizontal.push(line);
    else if (column) group.vertical.push(column);
  }
  const apart = columns.filter((_, v) => !crossed.has(horizontal.length + v));
  return [...groups.values()].map((group) => withOuterBorders(group, apart, near));
}

/** The border of a label that spans all rows of a page is crossed by no line: it is as high as the table and stands beside it. */
function withOuterBorders(group: EdgeGroup, apart: readonly RulingLine[], near: number): EdgeGroup {
  const top = Math.min(...group.vertical.map((line) => line.from));
  const bottom = Math.max(...group.vertical.map((line) => line.to));
  const left = Math.min(...group.vertical.map((line) => line.at));
  const right = Math.max(...group.vertical.map((line) => line.at));
  const outer = apart.filter(
    (line) =>
      Math.abs(line.from - top) <= near &&
      Math.abs(line.to - bottom) <= near &&
      (line.at < left || line.at > right) &&
      Math.min(Math.abs(line.at - left), Math.abs(line.at - right)) < right - left,
  );
  return outer.length === 0 ? group : { ...group, vertical: [...group.vertical, ...outer] };
}

function lowerBound(lines: readonly RulingLine[], at: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Root of `i` in a forest of parents (union-find with path halving). */
export function find(parents: number[], i: number): number {
  let at = i;
  while (parents[at] !== at) {
    parents[at] = parents[parents[at] ?? at] ?? at;
    at = parents[at] ?? at;
  }
  return at;
}

/** Puts `i` and `j` into one tree. */
export function union(parents: number[], i: number, j: number): void {
  const [a, b] = [find(parents, i), find(parents, j)];
  parents[Math.max(a, b)] = Math.min(a, b);
}
