import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "../console.css";
import { Checkpoints, CheckpointPage } from "./checkpoints";
import { LABELS, OrderDialog, UnlockDialog } from "./dialogs";
import { Failures } from "./failures";
import { useRoute, useSketch, useView, type Link } from "./live";
import type { OrderKind, Phase, Sketch, View } from "./model";
import { ends, forget, takeTokenFromAddress, token } from "./orders";
import { Overview } from "./overview";
import { Nothing, Notice, State } from "./parts";
import { Spec } from "./spec";
import { StagePage } from "./stage";

const PAGES = [
  ["", "Overview"],
  ["checkpoints", "Checkpoints"],
  ["failures", "Failures"],
  ["spec", "Spec"],
] as const;

const ORDERS: OrderKind[] = ["CHECKPOINT", "SAVEPOINT", "SCALE", "RESTART", "DRAIN", "STOP"];

function Console() {
  const { value: sketch, error } = useSketch();
  const { view, link } = useView();
  const route = useRoute();
  const [asked, setAsked] = useState<OrderKind | "UNLOCK">();
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(""), 8000);
    return () => clearTimeout(timer);
  }, [said]);
  useTitle(sketch, view);
  const main = useFocusOnChange(route.join("/"));
  if (!sketch || !view) {
    return <main class="page"><Nothing>{error || (link === "LOST" ? "The console's server cannot be reached." : "Connecting …")}</Nothing></main>;
  }
  const close = (text: string) => {
    setAsked(undefined);
    setSaid(text);
  };
  return (
    <>
      <a class="skip" href="#main" onClick={event => { event.preventDefault(); main.current?.focus(); }}>To the content</a>
      <Head sketch={sketch} view={view} link={link} unlock={() => setAsked("UNLOCK")} said={setSaid} />
      <Pages route={route} view={view} />
      <main class="page" id="main" tabIndex={-1} ref={main}>
        <Standing view={view} link={link} />
        {(route[0] ?? "") === "" && <Orders sketch={sketch} view={view} ask={setAsked} />}
        <Page route={route} sketch={sketch} view={view} />
      </main>
      <footer class="foot"><Theme /></footer>
      <p class="said" role="status" aria-live="polite">{said}</p>
      {asked === "UNLOCK" && <UnlockDialog close={close} />}
      {asked && asked !== "UNLOCK" && <OrderDialog kind={asked} sketch={sketch} view={view} close={close} />}
    </>
  );
}

function useTitle(sketch: Sketch | undefined, view: View | undefined): void {
  useEffect(() => {
    if (sketch && view) document.title = `${sketch.name} (${view.phase.toLowerCase()}) – Weir`;
  }, [sketch, view?.phase]);
}

/** Another page begins at its top, also for those who do not see it. */
function useFocusOnChange(route: string) {
  const ref = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      ref.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [route]);
  return ref;
}

function Head(props: { sketch: Sketch; view: View; link: Link; unlock: () => void; said: (text: string) => void }) {
  const { sketch, view, link, unlock, said } = props;
  const locked = token() === "";
  return (
    <header class="head">
      <a class="brand" href="#/"><img src="favicon.svg" width="28" height="28" alt="" /><span class="visually-hidden">Weir, </span>{sketch.name}</a>
      <span role="status" aria-live="polite"><State of={view.phase} /></span>
      <span class="run">run {view.run}, term {view.term}</span>
      <span class="grow" />
      <span class={`link link-${link.toLowerCase()}`} role="status"><span>{link === "LIVE" ? "live" : link === "LOST" ? "connection lost" : "connecting"}</span></span>
      {sketch.access === "READ_ONLY" ? <span class="read-only">read-only</span> : (
        <button type="button" class="quiet" onClick={() => {
          if (locked) return unlock();
          forget();
          said("The console is locked.");
        }}>{locked ? "Unlock" : "Lock"}</button>
      )}
    </header>
  );
}

const THEMES = ["auto", "light", "dark"] as const;

function Theme() {
  const [theme, setTheme] = useState(() => localStorage.getItem("weir.theme") ?? "auto");
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    localStorage.setItem("weir.theme", theme);
  }, [theme]);
  return (
    <label class="theme">
      <span>Theme</span>
      <select value={theme} onChange={event => setTheme(event.currentTarget.value)}>
        {THEMES.map(each => <option key={each} value={each}>{each}</option>)}
      </select>
    </label>
  );
}

function Pages({ route, view }: { route: string[]; view: View }) {
  const here = route[0] === "stages" ? "" : (route[0] ?? "");
  const troubles = view.recoveries.length + view.checkpoints.failed;
  return (
    <nav class="pages" aria-label="Pages">
      {PAGES.map(([path, name]) => (
        <a key={path} href={`#/${path}`} aria-current={here === path ? "page" : undefined}>
          {name}
          {path === "failures" && troubles > 0 && <span class="badge">{troubles}</span>}
        </a>
      ))}
    </nav>
  );
}

function Page({ route, sketch, view }: { route: string[]; sketch: Sketch; view: View }) {
  const [page, which] = route;
  if (page === undefined) return <Overview sketch={sketch} view={view} />;
  if (page === "stages" && which !== undefined) return <StagePage sketch={sketch} view={view} name={which} />;
  if (page === "checkpoints" && which !== undefined && /^\d+$/.test(which)) return <CheckpointPage key={which} id={Number(which)} sketch={sketch} view={view} />;
  if (page === "checkpoints") return <Checkpoints view={view} />;
  if (page === "failures") return <Failures view={view} />;
  if (page === "spec") return <Spec sketch={sketch} />;
  return <Nothing>There is no such page. <a href="#/">Overview</a></Nothing>;
}

const MEANING: Record<Phase, string> = {
  STARTING: "The pipeline is starting.",
  RUNNING: "",
  RECOVERING: "Replicas go back to the last checkpoint.",
  RESHAPING: "All go on with other replicas.",
  COMPLETED: "All input is processed, and its output committed.",
  STOPPED: "The pipeline was stopped.",
  FAILED: "The pipeline has failed.",
};

function Standing({ view, link }: { view: View; link: Link }) {
  return (
    <>
      {link === "LOST" && <Notice kind="warn"><strong>Connection lost.</strong> What is shown is of {new Date(view.atMillis).toISOString().slice(11, 19)}Z. Connecting again …</Notice>}
      {!view.leads && <Notice kind="warn"><strong>This coordinator waits to lead.</strong> {view.leader ? `${view.leader} leads.` : "It is not known who leads."}</Notice>}
      {(MEANING[view.phase] || view.detail) && (
        <Notice kind={view.phase === "FAILED" ? "error" : view.phase === "COMPLETED" || view.phase === "RUNNING" ? "info" : "warn"}>
          <strong>{MEANING[view.phase]}</strong> {view.detail}
        </Notice>
      )}
    </>
  );
}

function Orders({ sketch, view, ask }: { sketch: Sketch; view: View; ask: (kind: OrderKind) => void }) {
  const over = view.phase === "COMPLETED" || view.phase === "STOPPED" || view.phase === "FAILED";
  return (
    <div class="orders" role="group" aria-label={`What can be asked of ${sketch.name}`}>
      {ORDERS.map(kind => (
        <button key={kind} type="button" class={ends(kind) ? "danger-quiet" : ""} disabled={over && kind !== "RESTART"} onClick={() => ask(kind)}>
          {LABELS[kind]}
        </button>
      ))}
    </div>
  );
}

takeTokenFromAddress();
const root = document.getElementById("console");
if (root) render(<Console />, root);
