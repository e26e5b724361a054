/** Words at the points of a sweep's picture, none over another. */
import { widthOf } from "../../shared/figure-text.ts";

export interface LabelledPoint {
  x: number;
  y: number;
  strategy: string;
  value: number;
}

export interface PlacedLabel {
  x: number;
  y: number;
  text: string;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Points nearer than this share a label [px]. */
const NEAR = 6;
const SIZE = 12;
/** More values than these are told by the first and the last. */
const MOST_NAMED = 4;
/** From the point to the label's start or end, and to its base line [px]. */
const PLACES = [
  [8, -6],
  [8, 16],
  [-8, -6],
  [-8, 16],
  [8, -20],
  [8, 30],
  [-8, -20],
  [-8, 30],
] as const;

export function sweepLabels(points: readonly LabelledPoint[], frame: Box): PlacedLabel[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  return together(points).flatMap((group) => {
    const text = textOf(group);
    const width = widthOf(text, SIZE);
    const boxes = PLACES.map(([dx, dy]) => {
      const left = dx > 0 ? group[0].x + dx : group[0].x + dx - width;
      const y = group[0].y + dy;
      return { left, right: left + width, top: y - SIZE, bottom: y + 3 };
    });
    const free = boxes.find((box) => inside(box, frame) && !taken.some((other) => overlap(box, other)));
    // rather none than one over another: the table has them all
    if (!free) return [];
    taken.push(free);
    return [{ x: free.left, y: free.bottom - 3, text }];
  });
}

function together(points: readonly LabelledPoint[]): LabelledPoint[][] {
  const groups: LabelledPoint[][] = [];
  for (const point of points) {
    const near = groups.find(([first]) => Math.hypot(first.x - point.x, first.y - point.y) < NEAR);
    if (near) near.push(point);
    else groups.push([point]);
  }
  return groups;
}

/** The values, by strategy where there are several. */
function textOf(group: readonly LabelledPoint[]): string {
  const strategies = [...new Set(group.map(({ strategy }) => strategy))];
  const values = (strategy: string) => {
    const own = group.filter((point) => point.strategy === strategy).map(({ value }) => value);
    return own.length > MOST_NAMED ? `${own[0]} … ${own.at(-1)}` : own.join(", ");
  };
  if (strategies.length === 1) return values(strategies[0]);
  return strategies.map((strategy) => `${strategy} ${values(strategy)}`).join("; ");
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const inside = (box: Box, frame: Box) =>
  box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
