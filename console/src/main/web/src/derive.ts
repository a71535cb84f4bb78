// What the page shows of stages and edges, from what replicas say. All pure.
import type { Checkpoint, CheckpointDetail, EdgeSketch, Figures, ReplicaPart, Sketch, StageState, View } from "./model";
import { isEnd } from "./format";

export interface StageFigures {
  rate: number;
  records: number;
  busy: number;
  blocked: number;
  idle: number;
  /** The least of all replicas; undefined before all have one. */
  watermark?: number;
  lag?: number;
  known: boolean;
  counts: Record<string, number>;
}

export function stageFigures(stage: StageState | undefined): StageFigures {
  const figures = (stage?.replicas ?? []).map(each => each.figures).filter((each): each is Figures => each !== undefined);
  const total = (of: (each: Figures) => number) => figures.reduce((sum, each) => sum + of(each), 0);
  const mean = (of: (each: Figures) => number) => (figures.length === 0 ? 0 : total(of) / figures.length);
  const marks = figures.map(each => each.watermark).filter((each): each is number => each !== undefined);
  const lags = figures.map(each => each.lag).filter((each): each is number => each !== undefined);
  const counts: Record<string, number> = {};
  for (const each of figures) {
    for (const [what, many] of Object.entries(each.counts)) counts[what] = (counts[what] ?? 0) + many;
  }
  return {
    rate: total(each => each.recordsPerSecond),
    records: total(each => each.records),
    busy: mean(each => each.busy),
    blocked: mean(each => each.blocked),
    idle: mean(each => each.idle),
    ...(marks.length === figures.length && marks.length > 0 ? { watermark: Math.min(...marks) } : {}),
    ...(lags.length > 0 ? { lag: lags.reduce((a, b) => a + b, 0) } : {}),
    known: figures.length > 0,
    counts,
  };
}

export function edgeRate(stage: StageState | undefined, edge: EdgeSketch): number | undefined {
  const rates = (stage?.replicas ?? []).map(each => each.figures?.sentPerSecond[edge.to]);
  const known = rates.filter((each): each is number => each !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}

/**
 * Share of its time that the writing stage waits for credit. Which of several readers it waits for is not measured: the one with the
 * least idle time is taken.
 */
export function pressure(sketch: Sketch, view: View, edge: EdgeSketch): number {
  if (edge.durable) return 0;
  const blocked = stageFigures(stageOf(view, edge.from)).blocked;
  const idle = (name: string) => stageFigures(stageOf(view, name)).idle;
  const siblings = sketch.edges.filter(each => each.from === edge.from && !each.durable);
  return siblings.every(each => idle(each.to) >= idle(edge.to)) ? blocked : 0;
}

export function stageOf(view: View, name: string): StageState | undefined {
  return view.stages.find(each => each.name === name);
}

/** How far event time is behind the clock; undefined where it is not known or the input has ended. */
export function behind(view: View, watermark: number | undefined): number | undefined {
  return watermark === undefined || isEnd(watermark) || watermark < -8e15 ? undefined : Math.max(0, view.atMillis - watermark);
}

/** A stage that those before it wait for, while it waits for nobody: what to look at first. */
export function bottleneck(sketch: Sketch, view: View): string | undefined {
  const worst = sketch.edges
    .map(edge => ({ edge, share: pressure(sketch, view, edge), reader: stageFigures(stageOf(view, edge.to)) }))
    .filter(each => each.share >= 0.2 && each.reader.blocked <= 0.1)
    .sort((a, b) => b.share - a.share)[0];
  if (!worst) return undefined;
  const { edge, share, reader } = worst;
  return `${edge.to} holds the stages before it up: ${edge.from} waits ${Math.round(share * 100)} % of its time, `
    + `while ${edge.to} is busy ${Math.round(reader.busy * 100)} %.`;
}

/** The replica with much more to do than the others of its stage, which points at hot keys. */
export function hottest(stage: StageState): { index: number; times: number } | undefined {
  const rates = stage.replicas.map(each => ({ index: each.index, rate: each.figures?.recordsPerSecond ?? 0 }));
  if (rates.length < 2) return undefined;
  const mean = rates.reduce((sum, each) => sum + each.rate, 0) / rates.length;
  const most = rates.reduce((a, b) => (b.rate > a.rate ? b : a));
  return mean > 1 && most.rate >= 2 * mean ? { index: most.index, times: most.rate / mean } : undefined;
}

const NANOS = 1e6;

export type PhaseName = "barrier" | "aligned" | "captured" | "uploaded" | "acknowledged";

export interface Span {
  phase: PhaseName;
  begin: number;
  millis: number;
}

/** The way of a replica through a checkpoint, in milliseconds from the trigger. */
export function spans(part: ReplicaPart): Span[] {
  const times = part.times;
  if (!times) return [];
  const parts: [PhaseName, number][] = [
    ["barrier", times.barrierNanos / NANOS],
    ["aligned", times.alignmentNanos / NANOS],
    ["captured", times.captureNanos / NANOS],
    ["uploaded", times.uploadNanos / NANOS],
  ];
  const all: Span[] = [];
  let at = 0;
  for (const [phase, millis] of parts) {
    all.push({ phase, begin: at, millis });
    at += millis;
  }
  all.push({ phase: "acknowledged", begin: at, millis: Math.max(0, times.acknowledgedNanos / NANOS - at) });
  return all;
}

export function end(part: ReplicaPart): number {
  const all = spans(part);
  const last = all[all.length - 1];
  return last ? last.begin + last.millis : 0;
}

const SAID: Record<PhaseName, string> = {
  barrier: "went by until the first barrier came",
  aligned: "went by while it aligned its inputs",
  captured: "went by while it captured its state",
  uploaded: "went by while it uploaded",
  acknowledged: "went by until the coordinator had its acknowledgement",
};

/** What the checkpoint waited for: the replica that was last, and what most of its time went into. */
export interface Holdup {
  replica: string;
  at: number;
  longest: Span;
  said: string;
}

export function holdup(detail: CheckpointDetail): Holdup | undefined {
  const answered = detail.replicas.filter(each => each.times);
  if (answered.length === 0) return undefined;
  const slowest = answered.reduce((a, b) => (end(b) > end(a) ? b : a));
  const longest = spans(slowest).reduce((a, b) => (b.millis > a.millis ? b : a));
  return { replica: `${slowest.stage}-${slowest.replica}`, at: end(slowest), longest, said: SAID[longest.phase] };
}

/** The replica that waited longest for barriers, and the channel on which the last one came. */
export function longestWait(detail: CheckpointDetail): { replica: string; channel: string; millis: number } | undefined {
  const waits = detail.replicas
    .filter(each => each.times !== undefined && each.times.lastInput !== "")
    .map(each => ({
      replica: `${each.stage}-${each.replica}`,
      channel: each.times?.lastInput ?? "",
      millis: ((each.times?.barrierNanos ?? 0) + (each.times?.alignmentNanos ?? 0)) / NANOS,
    }))
    .sort((a, b) => b.millis - a.millis);
  return waits[0];
}

export function failures(view: View): Checkpoint[] {
  return view.checkpoints.history.filter(each => each.status === "FAILED");
}
