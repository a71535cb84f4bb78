import { behind, hottest, stageFigures, stageOf } from "./derive";
import { bytes, count, duration, isEnd, none, percent, rate, time } from "./format";
import { what } from "./graph";
import type { Checkpoint, Replica, Sketch, View } from "./model";
import { Card, Fact, Load, Nothing, Notice, Wide } from "./parts";

export function StagePage({ sketch, view, name }: { sketch: Sketch; view: View; name: string }) {
  const drawn = sketch.stages.find(each => each.name === name);
  const state = stageOf(view, name);
  if (!drawn && !state) return <Nothing>There is no stage {name}. <a href="#/">All stages</a></Nothing>;
  const figures = stageFigures(state);
  const hot = state && hottest(state);
  const late = behind(view, figures.watermark);
  const stateBytes = view.checkpoints.newest?.stages[name];
  return (
    <>
      <p class="crumbs"><a href="#/">Overview</a> / Stage</p>
      <h1>{name}</h1>
      <p class="lead">{drawn ? what(drawn) : "a stage of another version of the pipeline"}</p>
      {hot && (
        <Notice kind="warn">
          <strong>Hot keys.</strong> Replica {hot.index} reads {hot.times.toFixed(1)} times as much as the mean of its stage:
          some keys of its key groups have most of the records.
        </Notice>
      )}
      <dl class="facts card">
        <Fact name="Read" note={`${count(figures.records)} in this run`}>{figures.known ? rate(figures.rate) : none}</Fact>
        <Fact name="Busy" note={`idle ${percent(figures.idle)}`}>{figures.known ? percent(figures.busy) : none}</Fact>
        <Fact name="Blocked" note="waits for credit of the next stage">{figures.known ? percent(figures.blocked) : none}</Fact>
        <Fact name="Event time behind" note={figures.watermark === undefined ? "no watermark yet" : time(figures.watermark)}>
          {late === undefined ? none : duration(late)}
        </Fact>
        <Fact name="State" note="in the newest checkpoint">{stateBytes === undefined ? none : bytes(stateBytes)}</Fact>
        {Object.entries(figures.counts).map(([counted, many]) => <Fact key={counted} name={counted} note="in this run">{count(many)}</Fact>)}
      </dl>
      <Card title="Replicas" id="replicas">
        <Replicas replicas={state?.replicas ?? []} view={view} />
      </Card>
      <Card title="State in checkpoints" id="state">
        <StateHistory name={name} history={view.checkpoints.history} />
      </Card>
      {state && state.instances.some(each => each.replica === undefined) && (
        <Card title="Processes that wait" id="waiting">
          <ul class="plain">
            {state.instances.filter(each => each.replica === undefined).map(each => (
              <li key={each.name}><strong>{each.name}</strong> {each.address}, revision {each.revision || none}{each.connected ? "" : ", not connected"}</li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function Replicas({ replicas, view }: { replicas: Replica[]; view: View }) {
  if (replicas.length === 0) return <Nothing>It has no replicas in the present run.</Nothing>;
  return (
    <Wide label="Table of replicas">
      <table>
        <thead>
          <tr>
            <th scope="col">Replica</th>
            <th scope="col">Key groups</th>
            <th scope="col">Is</th>
            <th scope="col">Process</th>
            <th scope="col" class="number">Records/s</th>
            <th scope="col">Time spent</th>
            <th scope="col" class="number">Busy</th>
            <th scope="col" class="number">Blocked</th>
            <th scope="col">Event time</th>
            <th scope="col" class="number">Behind</th>
            <th scope="col" class="number">Waiting outside</th>
          </tr>
        </thead>
        <tbody>
          {replicas.map(each => {
            const figures = each.figures;
            const late = behind(view, figures?.watermark);
            return (
              <tr key={each.index}>
                <th scope="row">{each.index}</th>
                <td class="nowrap">{each.firstKeyGroup === undefined ? none : `${each.firstKeyGroup}–${each.lastKeyGroup}`}</td>
                <td class="nowrap">{standing(each)}</td>
                <td>{each.instance ?? none}{each.address && <small>{each.address}</small>}</td>
                <td class="number">{figures ? count(figures.recordsPerSecond) : none}</td>
                <td><Load busy={figures?.busy ?? 0} blocked={figures?.blocked ?? 0} idle={figures?.idle ?? 1} known={figures !== undefined} /></td>
                <td class="number">{figures ? percent(figures.busy) : none}</td>
                <td class="number">{figures ? percent(figures.blocked) : none}</td>
                <td class="nowrap">{figures?.watermark === undefined ? none : isEnd(figures.watermark) ? "end" : time(figures.watermark)}</td>
                <td class="number">{late === undefined ? none : duration(late)}</td>
                <td class="number">{figures?.lag === undefined ? none : count(figures.lag)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Wide>
  );
}

function standing(replica: Replica): string {
  if (replica.finished) return "finished";
  if (replica.opened) return replica.connected ? "at work" : "not connected";
  return replica.instance ? "restoring" : "without a process";
}

function StateHistory({ name, history }: { name: string; history: Checkpoint[] }) {
  const complete = history.filter(each => each.status === "COMPLETED").slice(0, 30).reverse();
  const sizes = complete.map(each => each.stages[name] ?? 0);
  const most = Math.max(1, ...sizes);
  if (complete.length === 0) return <Nothing>No checkpoint is complete yet.</Nothing>;
  const text = `State of ${name} in the last ${complete.length} checkpoints: from ${bytes(sizes[0] ?? 0)} to ${bytes(sizes[sizes.length - 1] ?? 0)}`;
  return (
    <figure class="spark">
      <svg viewBox="0 0 600 80" role="img" aria-label={text} preserveAspectRatio="none">
        {sizes.map((size, index) => (
          <rect key={complete[index]?.id} x={index * 20 + 2} width={16} y={80 - (size / most) * 76} height={(size / most) * 76} rx="2" class="bar-size" />
        ))}
      </svg>
      <figcaption>{text}.</figcaption>
    </figure>
  );
}
