// Places stages in layers, each to the right of all that it reads (or below, where there is no room). Pure.
import type { EdgeSketch } from "./model";

export interface Box {
  x: number;
  y: number;
}

export interface Layout {
  boxes: Map<string, Box>;
  width: number;
  height: number;
  vertical: boolean;
}

export interface Size {
  width: number;
  height: number;
  gapAlong: number;
  gapAcross: number;
}

export function layout(stages: string[], edges: EdgeSketch[], size: Size, vertical: boolean): Layout {
  const layers = order(layered(stages, edges), edges);
  const along = (vertical ? size.height : size.width) + size.gapAlong;
  const across = (vertical ? size.width : size.height) + size.gapAcross;
  const most = Math.max(1, ...layers.map(each => each.length));
  const boxes = new Map<string, Box>();
  layers.forEach((layer, depth) =>
    layer.forEach((name, index) => {
      const offset = ((most - layer.length) * across) / 2 + index * across;
      boxes.set(name, vertical ? { x: offset, y: depth * along } : { x: depth * along, y: offset });
    }),
  );
  const length = layers.length * along - size.gapAlong;
  const breadth = most * across - size.gapAcross;
  return { boxes, width: vertical ? breadth : length, height: vertical ? length : breadth, vertical };
}

/** Each stage one layer after the last of those it reads. */
function layered(stages: string[], edges: EdgeSketch[]): string[][] {
  const depth = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depth.get(name);
    if (known !== undefined) return known;
    depth.set(name, 0);
    const before = edges.filter(edge => edge.to === name).map(edge => depthOf(edge.from) + 1);
    const own = Math.max(0, ...before);
    depth.set(name, own);
    return own;
  };
  const layers: string[][] = [];
  for (const name of stages) (layers[depthOf(name)] ??= []).push(name);
  return layers;
}

/** Within a layer by the mean place of those before, then of those after, and so on: a few sweeps take most crossings away. */
function order(layers: string[][], edges: EdgeSketch[]): string[][] {
  const sorted = layers.map(each => [...each]);
  const place = new Map<string, number>();
  const settle = (layer: string[]) => layer.forEach((name, index) => place.set(name, index - (layer.length - 1) / 2));
  sorted.forEach(settle);
  const sweep = (depths: number[], near: (name: string) => string[]) => {
    for (const depth of depths) {
      const layer = sorted[depth];
      if (!layer) continue;
      const mean = (name: string) => {
        const places = near(name).map(each => place.get(each) ?? 0);
        return places.length === 0 ? (place.get(name) ?? 0) : places.reduce((a, b) => a + b, 0) / places.length;
      };
      layer.sort((a, b) => mean(a) - mean(b));
      settle(layer);
    }
  };
  const forth = layers.map((_, depth) => depth);
  for (let pass = 0; pass < 3; pass++) {
    sweep(forth, name => edges.filter(edge => edge.to === name).map(edge => edge.from));
    sweep([...forth].reverse(), name => edges.filter(edge => edge.from === name).map(edge => edge.to));
  }
  return sorted;
}

/** A curve from one stage to the next, and the middle of it. */
export function curve(from: Box, to: Box, size: Size, vertical: boolean): { path: string; middle: Box } {
  const begin = vertical
    ? { x: from.x + size.width / 2, y: from.y + size.height }
    : { x: from.x + size.width, y: from.y + size.height / 2 };
  const end = vertical ? { x: to.x + size.width / 2, y: to.y - 7 } : { x: to.x - 7, y: to.y + size.height / 2 };
  const bend = Math.max(24, vertical ? (end.y - begin.y) / 2 : (end.x - begin.x) / 2);
  const path = vertical
    ? `M${begin.x} ${begin.y}C${begin.x} ${begin.y + bend} ${end.x} ${end.y - bend} ${end.x} ${end.y}`
    : `M${begin.x} ${begin.y}C${begin.x + bend} ${begin.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
  return { path, middle: { x: (begin.x + end.x) / 2, y: (begin.y + end.y) / 2 } };
}
