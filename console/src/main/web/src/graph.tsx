// The pipeline as a graph: stages as links, edges as curves between them.
import { behind, edgeRate, pressure, stageFigures, stageOf } from "./derive";
import { bytes, count, duration, isEnd, percent, rate } from "./format";
import { curve, layout, type Size } from "./layout";
import { useMedia } from "./live";
import type { EdgeSketch, Sketch, StageSketch, View } from "./model";
import { Load } from "./parts";

const WIDE: Size = { width: 262, height: 138, gapAlong: 130, gapAcross: 26 };
const NARROW: Size = { width: 262, height: 138, gapAlong: 74, gapAcross: 18 };
const NOTICEABLE = 0.05;

export function Graph({ sketch, view }: { sketch: Sketch; view: View }) {
  const vertical = useMedia("(max-width: 700px)");
  const size = vertical ? NARROW : WIDE;
  const placed = layout(sketch.stages.map(each => each.name), sketch.edges, size, vertical);
  return (
    <div class="graph" role="region" aria-label="Graph of the pipeline" tabIndex={0}>
      <div class="canvas" style={{ width: `${placed.width}px`, height: `${placed.height}px` }}>
        <svg width={placed.width} height={placed.height} aria-hidden="true">
          <defs>
            {["plain", "pressed"].map(kind => (
              <marker key={kind} id={`arrow-${kind}`} viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8"
                markerUnits="userSpaceOnUse" orient="auto">
                <path d="M0 0L8 4L0 8z" class={`arrow ${kind}`} />
              </marker>
            ))}
          </defs>
          {sketch.edges.map(edge => {
            const from = placed.boxes.get(edge.from);
            const to = placed.boxes.get(edge.to);
            if (!from || !to) return null;
            const pressed = pressure(sketch, view, edge) > NOTICEABLE;
            return (
              <path key={edgeKey(edge)} d={curve(from, to, size, vertical).path} marker-end={`url(#arrow-${pressed ? "pressed" : "plain"})`}
                class={`edge ${pressed ? "pressed" : ""} ${edge.durable ? "durable" : ""} ${edgeRate(stageOf(view, edge.from), edge) ? "flowing" : ""}`} />
            );
          })}
        </svg>
        {sketch.edges.map(edge => <EdgeLabel key={edgeKey(edge)} {...{ edge, sketch, view, size, vertical, placed }} />)}
        {sketch.stages.map(stage => {
          const box = placed.boxes.get(stage.name);
          return box && <StageBox key={stage.name} {...{ stage, view, box, size }} />;
        })}
      </div>
      <Legend />
    </div>
  );
}

const edgeKey = (edge: EdgeSketch) => `${edge.from}.${edge.output}>${edge.to}`;

function EdgeLabel(props: { edge: EdgeSketch; sketch: Sketch; view: View; size: Size; vertical: boolean; placed: ReturnType<typeof layout> }) {
  const { edge, sketch, view, size, vertical, placed } = props;
  const from = placed.boxes.get(edge.from);
  const to = placed.boxes.get(edge.to);
  if (!from || !to) return null;
  const { middle } = curve(from, to, size, vertical);
  const flow = edgeRate(stageOf(view, edge.from), edge);
  const blocked = pressure(sketch, view, edge);
  return (
    <div class="edge-label" style={{ left: `${middle.x}px`, top: `${middle.y}px` }}>
      <span class="visually-hidden">{`From ${edge.from}${edge.output ? ` (${edge.output})` : ""} to ${edge.to}: `}</span>
      {flow !== undefined && <strong>{rate(flow)}</strong>}
      <span>{edge.durable ? `over ${edge.durable}` : edge.distribution}</span>
      {edge.output && <span>{edge.output}</span>}
      {blocked > NOTICEABLE && <span class="pressed">{percent(blocked)} blocked</span>}
    </div>
  );
}

function StageBox({ stage, view, box, size }: { stage: StageSketch; view: View; box: { x: number; y: number }; size: Size }) {
  const state = stageOf(view, stage.name);
  const figures = stageFigures(state);
  const late = behind(view, figures.watermark);
  const replicas = state?.replicas.length ?? 0;
  const open = state?.replicas.filter(each => each.opened).length ?? 0;
  const stateBytes = view.checkpoints.newest?.stages[stage.name];
  const ended = figures.watermark !== undefined && isEnd(figures.watermark);
  return (
    <a class={`stage ${open < replicas ? "unwell" : ""}`} href={`#/stages/${encodeURIComponent(stage.name)}`}
      style={{ left: `${box.x}px`, top: `${box.y}px`, width: `${size.width}px`, height: `${size.height}px` }}>
      <span class="stage-head">
        <strong>{stage.name}</strong>
        <span class="replicas">{open < replicas ? `${open} of ${replicas}` : `${replicas}`} {replicas === 1 ? "replica" : "replicas"}</span>
      </span>
      <span class="stage-what">{what(stage)}</span>
      <span class="stage-rate">{figures.known ? rate(figures.rate) : "–"}</span>
      <Load {...figures} />
      <span class="stage-feet">
        <span>{ended ? "input ended" : late === undefined ? "no event time" : `${duration(late)} behind`}</span>
        {figures.lag !== undefined ? <span>{count(figures.lag)} waiting</span> : stateBytes ? <span>{bytes(stateBytes)} state</span> : null}
      </span>
    </a>
  );
}

export function what(stage: StageSketch): string {
  const parts = [...(stage.source ? [stage.source] : []), ...stage.steps, ...(stage.sink ? [stage.sink] : [])];
  return parts.length === 0 ? "passes on" : parts.join(" → ");
}

function Legend() {
  return (
    <p class="legend">
      <span><i class="busy" />busy</span>
      <span><i class="blocked" />blocked: waits for credit of the next stage</span>
      <span><i class="idle" />idle</span>
    </p>
  );
}
