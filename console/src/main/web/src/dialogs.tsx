// Orders: what will happen, the line that does the same, and a last question.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ago, bytes } from "./format";
import { useKept } from "./live";
import type { OrderKind, Sketch, View } from "./model";
import { authorize, clusterLine, commandLine, ends, order, token, type OrderBody } from "./orders";

interface Ask {
  sketch: Sketch;
  view: View;
  close: (said: string) => void;
}

const TITLES: Record<OrderKind, string> = {
  CHECKPOINT: "Take a checkpoint now",
  SAVEPOINT: "Take a savepoint",
  STOP: "Stop the pipeline",
  DRAIN: "Drain the pipeline",
  RESTART: "Go back to a checkpoint",
  SCALE: "Scale a stage",
};

const SAID: Record<OrderKind, string> = {
  CHECKPOINT: "A checkpoint was asked for.",
  SAVEPOINT: "The savepoint was asked for; it shows below Checkpoints when it is made.",
  STOP: "The pipeline was asked to stop.",
  DRAIN: "The pipeline was asked to end its input.",
  RESTART: "The pipeline goes back.",
  SCALE: "Other replicas were asked for.",
};

export const LABELS: Record<OrderKind, string> = {
  CHECKPOINT: "Checkpoint now",
  SAVEPOINT: "Savepoint …",
  SCALE: "Scale …",
  RESTART: "Restart …",
  DRAIN: "Drain …",
  STOP: "Stop …",
};

/** A modal dialog of the browser's own, which keeps the focus inside and gives it back. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={ref} aria-labelledby="dialog-title" onCancel={event => { event.preventDefault(); close(); }}>
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}

export function OrderDialog(props: Ask & { kind: OrderKind }) {
  const { sketch, kind, close } = props;
  const [body, setBody] = useState<OrderBody>(() => first(props));
  const [problem, setProblem] = useState("");
  const [sending, setSending] = useState(false);
  const available = sketch.orders.includes(kind);
  const allowed = available && sketch.access === "TOKEN" && token() !== "";
  const whole = isWhole(body);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!allowed || !whole) return;
    setSending(true);
    const refused = await order(body);
    setSending(false);
    if (refused) setProblem(refused);
    else close(SAID[kind]);
  };
  return (
    <Dialog title={TITLES[kind]} close={() => close("")}>
      <form onSubmit={event => void submit(event)}>
        <Explained {...props} body={body} change={changed => setBody({ ...body, ...changed })} />
        <Equivalent title="The same from a command line" text={commandLine(sketch, body)} />
        {sketch.where.kind !== "CLUSTER" && <Equivalent title="The same of this pipeline on Kubernetes" text={clusterLine(sketch, body)} />}
        {problem && <p class="problem" role="alert">{problem}</p>}
        {!allowed && <p class="hint">{hint(sketch, available)}</p>}
        <div class="buttons">
          <button type="button" class="quiet" onClick={() => close("")}>Cancel</button>
          <button type="submit" class={ends(kind) || kind === "RESTART" ? "danger" : "primary"} disabled={!allowed || !whole || sending}>
            {TITLES[kind]}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function hint(sketch: Sketch, available: boolean): string {
  if (!available) return "This cannot be ordered here: use the line above.";
  return sketch.access === "READ_ONLY"
    ? "This console is read-only, as it has no token. Use the line above."
    : "Unlock the console with its token first, or use the line above.";
}

function first({ kind, sketch, view }: Ask & { kind: OrderKind }): OrderBody {
  const stage = view.stages[0];
  switch (kind) {
    case "SAVEPOINT":
      return { order: kind, name: `${sketch.name}-${new Date(view.atMillis).toISOString().slice(0, 16).replace(/[-:]/g, "").toLowerCase()}` };
    case "SCALE":
      return { order: kind, stage: stage?.name ?? "", replicas: stage?.wanted ?? 1 };
    default:
      return { order: kind };
  }
}

function isWhole(body: OrderBody): boolean {
  switch (body.order) {
    case "SAVEPOINT":
      return body.name !== undefined && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(body.name);
    case "SCALE":
      return body.stage !== "" && Number.isInteger(body.replicas) && (body.replicas ?? 0) >= 1;
    case "RESTART":
      return body.checkpoint !== undefined || body.savepoint !== undefined;
    default:
      return true;
  }
}

type Change = (changed: Partial<OrderBody>) => void;

function Explained(props: Ask & { kind: OrderKind; body: OrderBody; change: Change }) {
  const { kind, body, change, view, sketch } = props;
  switch (kind) {
    case "CHECKPOINT":
      return <p>A checkpoint is taken as soon as it may start. Data flow on meanwhile.</p>;
    case "SAVEPOINT":
      return (
        <>
          <p>A checkpoint is taken and copied below <code>savepoints/</code>. It stays until somebody deletes it.</p>
          <label>
            Name
            <input value={body.name} onInput={event => change({ name: event.currentTarget.value })} spellcheck={false} autocomplete="off"
              aria-describedby="name-rule" data-first />
          </label>
          <p class="rule" id="name-rule">Lower-case letters, digits and “-”, at most 63.</p>
        </>
      );
    case "STOP":
      return <p>A last checkpoint is taken and committed, then all replicas end. Started again, the pipeline goes on from there.</p>;
    case "DRAIN":
      return (
        <p>
          Sources take their input for ended where it is: windows that are open close, their rows are committed, and the pipeline completes.
          Nothing is left to go on with.
        </p>
      );
    case "SCALE":
      return (
        <>
          <p>A checkpoint is taken, and all go on from it in a new run; key groups move. At most {sketch.maxParallelism}, the number of key groups.</p>
          <label>
            Stage
            <select value={body.stage} onChange={event => {
              const stage = event.currentTarget.value;
              change({ stage, replicas: view.stages.find(each => each.name === stage)?.wanted ?? 1 });
            }}>
              {view.stages.filter(each => each.wanted > 0).map(each => <option key={each.name} value={each.name}>{each.name} ({each.replicas.length} now)</option>)}
            </select>
          </label>
          <label>
            Replicas
            <input type="number" min="1" max={sketch.maxParallelism} value={body.replicas}
              onInput={event => change({ replicas: event.currentTarget.valueAsNumber })} />
          </label>
        </>
      );
    case "RESTART":
      return <RestartFields {...props} />;
  }
}

function RestartFields({ body, change, view }: Ask & { body: OrderBody; change: Change }) {
  const { value: kept, error } = useKept("");
  const chosen = body.savepoint !== undefined ? `s${body.savepoint}` : body.checkpoint !== undefined ? `c${body.checkpoint}` : "";
  const choose = (value: string) => {
    const { savepoint: _s, checkpoint: _c, ...rest } = body;
    change({ ...rest, ...unset(value) });
  };
  return (
    <>
      <p>All replicas go back, and what came after is done again. Output that sinks have committed since would be made twice.</p>
      {error && <p class="problem" role="alert">{error}</p>}
      <label>
        Back to
        <select value={chosen} onChange={event => choose(event.currentTarget.value)}>
          <option value="">{kept ? "choose …" : "looking them up …"}</option>
          {kept && kept.checkpoints.length > 0 && (
            <optgroup label="Checkpoints">
              {kept.checkpoints.map(each => (
                <option key={each.id} value={`c${each.id}`}>{each.id}, {ago(view.atMillis - each.atMillis)}, {bytes(each.stateBytes)}</option>
              ))}
            </optgroup>
          )}
          {kept && kept.savepoints.length > 0 && (
            <optgroup label="Savepoints">{kept.savepoints.map(name => <option key={name} value={`s${name}`}>{name}</option>)}</optgroup>
          )}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" checked={body.acceptDuplicates ?? false} onChange={event => change({ acceptDuplicates: event.currentTarget.checked })} />
        Output that is committed already may be made again
      </label>
    </>
  );
}

/** One of both, and the other one taken away. */
function unset(value: string): Partial<OrderBody> {
  const none = undefined as unknown as never;
  if (value.startsWith("s")) return { savepoint: value.slice(1), checkpoint: none };
  if (value.startsWith("c")) return { checkpoint: Number(value.slice(1)), savepoint: none };
  return { checkpoint: none, savepoint: none };
}

function Equivalent({ title, text }: { title: string; text: string }) {
  return (
    <div class="equivalent">
      <p>{title} <Copy text={text} /></p>
      <pre tabIndex={0} aria-label={title}><code>{text}</code></pre>
    </div>
  );
}

export function Copy({ text }: { text: string }) {
  const [done, setDone] = useState(false);
  return (
    <button type="button" class="quiet small" onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true), () => setDone(false))}>
      {done ? "Copied" : "Copy"}
    </button>
  );
}

export function UnlockDialog({ close }: { close: (said: string) => void }) {
  const [given, setGiven] = useState("");
  const [wrong, setWrong] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      if (await authorize(given.trim())) close("The console is unlocked for this tab.");
      else setWrong("That is not its token.");
    } catch (error) {
      setWrong("The console's server cannot be reached: " + String(error));
    }
  };
  return (
    <Dialog title="Unlock" close={() => close("")}>
      <form onSubmit={event => void submit(event)}>
        <p>Orders need the console's token. It is kept for this tab alone.</p>
        <label>
          Token
          <input type="password" value={given} onInput={event => setGiven(event.currentTarget.value)} autocomplete="off" data-first />
        </label>
        {wrong && <p class="problem" role="alert">{wrong}</p>}
        <div class="buttons">
          <button type="button" class="quiet" onClick={() => close("")}>Cancel</button>
          <button type="submit" class="primary" disabled={given.trim() === ""}>Unlock</button>
        </div>
      </form>
    </Dialog>
  );
}
