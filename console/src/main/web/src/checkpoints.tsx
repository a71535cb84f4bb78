import { end, holdup, longestWait, spans, type PhaseName } from "./derive";
import { ago, bytes, clock, day, duration, none } from "./format";
import { useDetail } from "./live";
import type { Checkpoint, CheckpointDetail, ReplicaPart, Sketch, View } from "./model";
import { Card, Fact, Nothing, Notice, State, Wide } from "./parts";

const CHART_BARS = 40;

export function Checkpoints({ view }: { view: View }) {
  const { inProgress, history, completed, failed } = view.checkpoints;
  return (
    <>
      <h1>Checkpoints</h1>
      <p class="lead">{completed} complete and {failed} failed since this coordinator leads.</p>
      {history.length > 0 && (
        <Card title="History" id="history">
          <div class="charts">
            <Chart title="Duration" history={history} of={each => each.durationMillis} said={duration} />
            <Chart title="Size of all state" history={history} of={each => each.stateBytes} said={bytes} />
            <Chart title="Newly uploaded" history={history} of={each => each.uploadedBytes} said={bytes} />
          </div>
        </Card>
      )}
      <Card title="All that are known" id="all">
        {inProgress.length + history.length === 0 ? <Nothing>There was none yet.</Nothing> : <Table view={view} all={[...inProgress, ...history]} />}
      </Card>
      {view.savepoints.length > 0 && (
        <Card title="Savepoints that were asked for" id="savepoints">
          <ul class="plain">
            {view.savepoints.map(each => (
              <li key={each.name + each.atMillis}>
                <strong>{each.name}</strong>{" "}
                {each.status === "MADE"
                  ? <>is a copy of checkpoint <a href={`#/checkpoints/${each.checkpoint}`}>{each.checkpoint}</a>, made {ago(view.atMillis - each.atMillis)}</>
                  : <>failed {ago(view.atMillis - each.atMillis)}: {each.detail}</>}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function Chart(props: { title: string; history: Checkpoint[]; of: (each: Checkpoint) => number; said: (value: number) => string }) {
  const { title, history, of, said } = props;
  const shown = history.slice(0, CHART_BARS).reverse();
  const most = Math.max(1, ...shown.map(of));
  const width = 600 / Math.max(shown.length, 20);
  const summary = `${title}: ${said(of(shown[shown.length - 1] as Checkpoint))} in the last, ${said(most)} at most of ${shown.length}`;
  return (
    <figure class="chart">
      <figcaption>{title} <small>at most {said(most)}</small></figcaption>
      <svg viewBox="0 0 600 130" role="group" preserveAspectRatio="none" aria-label={summary}>
        {[0, 0.5, 1].map(part => <line key={part} x1="0" x2="600" y1={126 - part * 118} y2={126 - part * 118} class="grid" />)}
        {shown.map((each, index) => {
          const height = each.status === "FAILED" ? 118 : Math.max(2, (of(each) / most) * 118);
          const text = `Checkpoint ${each.id}: ${each.status === "FAILED" ? `failed, ${each.failure}` : said(of(each))}`;
          return (
            <a key={each.id} href={`#/checkpoints/${each.id}`} aria-label={text}>
              <title>{text}</title>
              <rect x={index * width} y="0" width={width} height="126" class="hit" />
              <rect x={index * width + width * 0.12} y={126 - height} width={width * 0.76} height={height} rx="1.5"
                class={each.status === "FAILED" ? "bar-failed" : "bar"} />
            </a>
          );
        })}
      </svg>
    </figure>
  );
}

function Table({ view, all }: { view: View; all: Checkpoint[] }) {
  return (
    <Wide label="Table of checkpoints">
      <table>
        <thead>
          <tr>
            <th scope="col">Checkpoint</th>
            <th scope="col">Is</th>
            <th scope="col">Kind</th>
            <th scope="col">When</th>
            <th scope="col" class="number">Duration</th>
            <th scope="col" class="number">State</th>
            <th scope="col" class="number">Uploaded</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {all.map(each => (
            <tr key={each.id}>
              <th scope="row"><a href={`#/checkpoints/${each.id}`}>{each.id}</a></th>
              <td class="nowrap"><State of={each.status} /></td>
              <td>{each.kind?.toLowerCase() ?? none}</td>
              <td class="nowrap">{clock(each.atMillis)} <small>{ago(view.atMillis - each.atMillis)}</small></td>
              <td class="number">{duration(each.status === "IN_PROGRESS" ? view.atMillis - each.atMillis : each.durationMillis)}</td>
              <td class="number">{each.status === "COMPLETED" ? bytes(each.stateBytes) : none}</td>
              <td class="number">{each.status === "COMPLETED" ? bytes(each.uploadedBytes) : none}</td>
              <td>{happened(each)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function happened(each: Checkpoint): string {
  if (each.status === "FAILED") return `${each.failure}: ${each.detail}`;
  if (each.status === "IN_PROGRESS") {
    const waiting = each.waitingFor ?? [];
    return `${each.acknowledged ?? 0} of ${each.replicas ?? "?"} replicas${waiting.length > 0 ? `; waits for ${waiting.join(", ")}` : ""}`;
  }
  return "";
}

const PHASES: [PhaseName, string][] = [
  ["barrier", "trigger → first barrier"],
  ["aligned", "→ aligned"],
  ["captured", "→ captured"],
  ["uploaded", "→ uploaded"],
  ["acknowledged", "→ acknowledged"],
];

export function CheckpointPage({ id, sketch, view }: { id: number; sketch: Sketch; view: View }) {
  const known = [...view.checkpoints.inProgress, ...view.checkpoints.history].find(each => each.id === id);
  const { value: detail, error } = useDetail(id, `${known?.status ?? ""} ${known?.acknowledged ?? ""}`);
  const crumbs = <p class="crumbs"><a href="#/checkpoints">Checkpoints</a> / {id}</p>;
  if (error) return <>{crumbs}<Notice kind="error">{error}</Notice></>;
  if (!detail) return <>{crumbs}<Nothing>Looking it up …</Nothing></>;
  const { checkpoint } = detail;
  const running = checkpoint.status === "IN_PROGRESS";
  return (
    <>
      {crumbs}
      <h1>Checkpoint {id} <State of={checkpoint.status} /></h1>
      <Why detail={detail} />
      <dl class="facts card">
        <Fact name="Duration" note={running ? "so far" : checkpoint.kind?.toLowerCase()}>
          {duration(running ? view.atMillis - checkpoint.atMillis : checkpoint.durationMillis)}
        </Fact>
        <Fact name={running ? "Began" : "At"} note={`${day(checkpoint.atMillis)}, ${ago(view.atMillis - checkpoint.atMillis)}`}>{clock(checkpoint.atMillis)}</Fact>
        <Fact name="State" note="all that it refers to">{sum(detail, each => each.times?.stateBytes)}</Fact>
        <Fact name="Uploaded" note="the others were there already">{sum(detail, each => each.times?.uploadedBytes)}</Fact>
        <Fact name="Held back" note="by alignment">{sum(detail, each => each.times?.heldBytes)}</Fact>
        <Fact name="Acknowledged" note="replicas">{detail.replicas.filter(each => each.times).length} of {detail.replicas.length}</Fact>
      </dl>
      <Card title="Timeline" id="timeline" aside={<PhaseLegend />}>
        <Timeline sketch={sketch} detail={detail} />
      </Card>
      <Card title="State" id="state">
        <States detail={detail} />
      </Card>
    </>
  );
}

function sum(detail: CheckpointDetail, of: (each: ReplicaPart) => number | undefined): string {
  return detail.replicas.some(each => each.times) ? bytes(detail.replicas.reduce((all, each) => all + (of(each) ?? 0), 0)) : none;
}

/** In one sentence: what it waited for, or why there is none. */
function Why({ detail }: { detail: CheckpointDetail }) {
  const { checkpoint } = detail;
  const missing = detail.replicas.filter(each => !each.times).map(each => `${each.stage}-${each.replica}`);
  const slow = holdup(detail);
  const wait = longestWait(detail);
  const channel = wait && (
    <> Of those with several inputs {wait.replica} waited longest, {duration(wait.millis)}: the last barrier came on the channel <code>{wait.channel}</code>.</>
  );
  if (checkpoint.status === "FAILED") {
    return (
      <Notice kind="error">
        <strong>{checkpoint.failure}</strong> {checkpoint.detail}
        {missing.length > 0 && <> Not acknowledged by {missing.join(", ")}.</>}
      </Notice>
    );
  }
  if (missing.length > 0) {
    return <Notice kind="info">Waits for <strong>{missing.slice(0, 10).join(", ")}</strong>{missing.length > 10 ? ` and ${missing.length - 10} more` : ""}.{channel}</Notice>;
  }
  return slow ? (
    <Notice kind="info">
      <strong>{slow.replica}</strong> was the last, {duration(slow.at)} after the trigger; most of it, {duration(slow.longest.millis)}, {slow.said}.{channel}
    </Notice>
  ) : null;
}

function PhaseLegend() {
  return (
    <p class="legend">
      {PHASES.map(([phase, words]) => <span key={phase}><i class={`phase-${phase}`} />{words}</span>)}
    </p>
  );
}

/** The size of a state in all replicas; those of RocksDB are about right only. */
function sizeOf(detail: CheckpointDetail, stage: string, state: string): string {
  const parts = detail.replicas.filter(each => each.stage === stage).flatMap(each => each.states ?? []).filter(each => each.name === state);
  if (parts.length === 0) return none;
  return (parts.some(each => each.estimated) ? "about " : "") + bytes(parts.reduce((all, each) => all + each.bytes, 0));
}

/** What each stage keeps, by name. */
function States({ detail }: { detail: CheckpointDetail }) {
  const rows = detail.stages.filter(each => each.states.length > 0);
  if (rows.length === 0) return <Nothing>{detail.checkpoint.status === "COMPLETED" ? "No stage keeps any." : "Known when it is complete."}</Nothing>;
  return (
    <Wide label="Table of states">
      <table>
        <thead>
          <tr><th scope="col">Stage</th><th scope="col" class="number">Size of the stage</th><th scope="col">State</th><th scope="col" class="number">Size</th><th scope="col">Kind</th><th scope="col">Type</th></tr>
        </thead>
        <tbody>
          {rows.flatMap(each => each.states.map((state, index) => (
            <tr key={`${each.stage}/${state.name}`}>
              <th scope="row"><a href={`#/stages/${encodeURIComponent(each.stage)}`}>{each.stage}</a></th>
              <td class="number">{index === 0 ? bytes(detail.checkpoint.stages[each.stage] ?? 0) : "″"}</td>
              <td><code>{state.name}</code></td>
              <td class="number nowrap">{sizeOf(detail, each.stage, state.name)}</td>
              <td>{state.kind}</td>
              <td><code class="type">{state.type}</code></td>
            </tr>
          )))}
        </tbody>
      </table>
    </Wide>
  );
}

function Timeline({ sketch, detail }: { sketch: Sketch; detail: CheckpointDetail }) {
  const place = (part: ReplicaPart) => sketch.stages.findIndex(each => each.name === part.stage);
  const inOrder = [...detail.replicas].sort((a, b) => place(a) - place(b) || a.replica - b.replica);
  const whole = Math.max(1, ...detail.replicas.map(end));
  if (inOrder.length === 0) return <Nothing>Nothing is known of its replicas any more.</Nothing>;
  return (
    <Wide label="Timeline of each replica">
      <table class="timeline">
        <thead>
          <tr>
            <th scope="col">Replica</th>
            <th scope="col" class="axis"><span>0 ms</span><span>{duration(whole / 2)}</span><span>{duration(whole)}</span></th>
            {PHASES.map(([phase, words]) => <th scope="col" class="number" key={phase}>{words.replace("trigger → ", "").replace("→ ", "")}</th>)}
            <th scope="col">Last channel</th>
            <th scope="col" class="number">State</th>
            <th scope="col" class="number">Uploaded</th>
          </tr>
        </thead>
        <tbody>{inOrder.map(each => <Row key={`${each.stage}-${each.replica}`} part={each} whole={whole} />)}</tbody>
      </table>
    </Wide>
  );
}

function Row({ part, whole }: { part: ReplicaPart; whole: number }) {
  const all = spans(part);
  const times = part.times;
  return (
    <tr>
      <th scope="row"><a href={`#/stages/${encodeURIComponent(part.stage)}`}>{part.stage}-{part.replica}</a><small>{part.keyGroups ? `key groups ${part.keyGroups}` : ""}{part.finished ? ", finished" : ""}</small></th>
      <td class="track">
        {times ? (
          <svg viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">
            {all.map(span => (
              <rect key={span.phase} x={(span.begin / whole) * 1000} width={span.millis > 0 ? Math.max(1.5, (span.millis / whole) * 1000) : 0}
                y={span.phase === "acknowledged" ? 6 : 1} height={span.phase === "acknowledged" ? 4 : 14} class={`phase-${span.phase}`} />
            ))}
          </svg>
        ) : (
          <span class="missing">not acknowledged</span>
        )}
      </td>
      {PHASES.map(([phase]) => {
        const span = all.find(each => each.phase === phase);
        return <td class="number" key={phase}>{span ? duration(span.millis) : none}</td>;
      })}
      <td class="nowrap">{times?.lastInput ? <code>{times.lastInput}</code> : none}</td>
      <td class="number">{times ? bytes(times.stateBytes) : none}</td>
      <td class="number">{times ? bytes(times.uploadedBytes) : none}</td>
    </tr>
  );
}
