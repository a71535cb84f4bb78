// Small parts that several pages use.
import type { ComponentChildren } from "preact";
import { percent } from "./format";
import type { Checkpoint, Phase } from "./model";

const ICONS: Record<string, string> = {
  RUNNING: "M3 2.2v9.6L11.4 7z",
  STARTING: "M7 1.5v3M7 9.5v3M1.5 7h3M9.5 7h3",
  RECOVERING: "M11.5 7A4.5 4.5 0 1 1 10 3.6M10.2 1.2v2.6H7.6",
  RESHAPING: "M1.5 7h11M9.5 4l3 3-3 3M4.5 4l-3 3 3 3",
  COMPLETED: "M2.5 7.4l3 3 6-6.8",
  STOPPED: "M3.5 3.5h7v7h-7z",
  FAILED: "M3 3l8 8M11 3l-8 8",
  IN_PROGRESS: "M7 2a5 5 0 1 0 5 5M7 4.2V7l2 1.4",
};

/** A state as icon and word, so that colour alone says nothing. */
export function State({ of }: { of: Phase | Checkpoint["status"] }) {
  const filled = of === "RUNNING" || of === "STOPPED";
  return (
    <span class={`state state-${of.toLowerCase()}`}>
      <svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
        <path d={ICONS[of]} fill={filled ? "currentColor" : "none"} stroke={filled ? "none" : "currentColor"} stroke-width="2"
          stroke-linecap="round" stroke-linejoin="round" />
      </svg>
      {of.toLowerCase().replace("_", " ")}
    </span>
  );
}

/** How time is spent; the text says the same. */
export function Load({ busy, blocked, idle, known }: { busy: number; blocked: number; idle: number; known: boolean }) {
  const text = known ? `busy ${percent(busy)}, blocked ${percent(blocked)}, idle ${percent(idle)}` : "not known yet";
  const width = (share: number) => ({ width: `${Math.round(share * 1000) / 10}%` });
  return (
    <span class="load" role="img" aria-label={text} title={text}>
      <span class="busy" style={width(busy)} />
      <span class="blocked" style={width(blocked)} />
      <span class="idle" style={width(known ? idle : 1)} />
    </span>
  );
}

export function Card({ title, id, children, aside }: { title: string; id: string; children: ComponentChildren; aside?: ComponentChildren }) {
  return (
    <section class="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

export function Fact({ name, children, note }: { name: string; children: ComponentChildren; note?: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>
        {children}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}

/** A table that may be wider than the screen: it scrolls by itself, also by keyboard. */
export function Wide({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="wide" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

export function Nothing({ children }: { children: ComponentChildren }) {
  return <p class="nothing">{children}</p>;
}

export function Notice({ kind, children }: { kind: "info" | "warn" | "error"; children: ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`} role={kind === "error" ? "alert" : "status"}>
      {children}
    </div>
  );
}
