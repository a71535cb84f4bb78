import { behind, bottleneck, stageFigures, stageOf } from "./derive";
import { ago, bytes, count, duration, isEnd, none, percent, rate, time } from "./format";
import { Graph, what } from "./graph";
import type { Sketch, View } from "./model";
import { Card, Fact, Load, Notice, Wide } from "./parts";

export function Overview({ sketch, view }: { sketch: Sketch; view: View }) {
  const slow = view.phase === "RUNNING" ? bottleneck(sketch, view) : undefined;
  return (
    <>
      {slow && <Notice kind="warn"><strong>Back-pressure.</strong> {slow}</Notice>}
      <Figures sketch={sketch} view={view} />
      <Card title="Pipeline" id="pipeline">
        <Graph sketch={sketch} view={view} />
      </Card>
      <Card title="Stages" id="stages">
        <StageTable sketch={sketch} view={view} />
      </Card>
    </>
  );
}

function Figures({ sketch, view }: { sketch: Sketch; view: View }) {
  const sources = sketch.stages.filter(each => each.source);
  const input = sources.reduce((sum, each) => sum + stageFigures(stageOf(view, each.name)).rate, 0);
  const lags = sources.map(each => stageFigures(stageOf(view, each.name)).lag).filter((each): each is number => each !== undefined);
  const newest = view.checkpoints.newest;
  const pending = view.checkpoints.inProgress[0];
  return (
    <dl class="facts card">
      <Fact name="Input" note={lags.length > 0 ? `${count(lags.reduce((a, b) => a + b, 0))} waiting outside` : "all sources together"}>{rate(input)}</Fact>
      <Fact name="Newest checkpoint" note={newest ? `${duration(newest.durationMillis)}, ${ago(view.atMillis - newest.atMillis)}` : "none is complete yet"}>
        {newest ? <a href={`#/checkpoints/${newest.id}`}>{newest.id}</a> : none}
      </Fact>
      <Fact name="State" note={newest ? `${bytes(newest.uploadedBytes)} of it new; ${sketch.backend.toLowerCase()}` : sketch.backend.toLowerCase()}>
        {newest ? bytes(newest.stateBytes) : none}
      </Fact>
      <Fact name="In progress" note={pending ? pendingNote(pending.waitingFor) : "no checkpoint under way"}>
        {pending ? <a href={`#/checkpoints/${pending.id}`}>{pending.id}</a> : none}
      </Fact>
      <Fact name="Failed checkpoints" note={`of ${view.checkpoints.completed + view.checkpoints.failed}`}>{count(view.checkpoints.failed)}</Fact>
      <Fact name="Recoveries" note={view.recoveries[0] ? `the last ${ago(view.atMillis - view.recoveries[0].atMillis)}` : `run ${view.run}`}>
        {view.recoveries.length === 0 ? "0" : <a href="#/failures">{view.recoveries.length}</a>}
      </Fact>
    </dl>
  );
}

function pendingNote(waiting: string[] | undefined): string {
  return waiting && waiting.length > 0 ? `waits for ${waiting.slice(0, 3).join(", ")}${waiting.length > 3 ? " …" : ""}` : "being recorded";
}

function StageTable({ sketch, view }: { sketch: Sketch; view: View }) {
  return (
    <Wide label="Table of stages">
      <table>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col" class="number">Replicas</th>
            <th scope="col" class="number">Records/s</th>
            <th scope="col" class="number">Records</th>
            <th scope="col">Time spent</th>
            <th scope="col" class="number">Busy</th>
            <th scope="col" class="number">Blocked</th>
            <th scope="col">Event time</th>
            <th scope="col" class="number">Behind</th>
            <th scope="col" class="number">Waiting outside</th>
            <th scope="col" class="number">State</th>
          </tr>
        </thead>
        <tbody>
          {sketch.stages.map(stage => {
            const state = stageOf(view, stage.name);
            const figures = stageFigures(state);
            const late = behind(view, figures.watermark);
            const replicas = state?.replicas.length ?? 0;
            const wanted = state?.wanted ?? replicas;
            return (
              <tr key={stage.name}>
                <th scope="row">
                  <a href={`#/stages/${encodeURIComponent(stage.name)}`}>{stage.name}</a>
                  <small>{what(stage)}</small>
                </th>
                <td class="number">{replicas}{wanted !== replicas && <small>{wanted} wanted</small>}</td>
                <td class="number">{figures.known ? count(figures.rate) : none}</td>
                <td class="number">{count(figures.records)}</td>
                <td><Load {...figures} /></td>
                <td class="number">{figures.known ? percent(figures.busy) : none}</td>
                <td class={`number ${figures.blocked > 0.2 ? "warn" : ""}`}>{figures.known ? percent(figures.blocked) : none}</td>
                <td class="nowrap">{figures.watermark === undefined ? none : isEnd(figures.watermark) ? "end" : time(figures.watermark)}</td>
                <td class="number">{late === undefined ? none : duration(late)}</td>
                <td class="number">{figures.lag === undefined ? none : count(figures.lag)}</td>
                <td class="number">{view.checkpoints.newest?.stages[stage.name] === undefined ? none : bytes(view.checkpoints.newest.stages[stage.name] ?? 0)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Wide>
  );
}
