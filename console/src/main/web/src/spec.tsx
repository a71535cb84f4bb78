import type { Sketch } from "./model";
import { Copy } from "./dialogs";
import { Card } from "./parts";

export function Spec({ sketch }: { sketch: Sketch }) {
  return (
    <>
      <h1>Spec</h1>
      <p class="lead">{said(sketch)} State is kept by the {sketch.backend.toLowerCase()} backend, in {sketch.maxParallelism} key groups.</p>
      <Card title="Pipeline file" id="file" aside={<Copy text={sketch.spec} />}>
        <pre tabIndex={0} aria-label="Pipeline file"><code>{sketch.spec.trimEnd().split("\n").map((line, index) => <Line key={index} text={line} />)}</code></pre>
      </Card>
    </>
  );
}

function said(sketch: Sketch): string {
  switch (sketch.where.kind) {
    case "CLUSTER":
      return `Stream pipeline ${sketch.where.pipeline} in the namespace ${sketch.where.namespace}.`;
    case "SERVICES":
      return "Run by services.";
    case "PROCESS":
      return `Run in one process from ${sketch.where.file}.`;
  }
}

/** Comments and names stand out, which is enough to find one's way. */
function Line({ text }: { text: string }) {
  const comment = /(^|\s)#.*$/.exec(text);
  const code = comment ? text.slice(0, comment.index) : text;
  const name = /^(\s*(?:- )?)([\w.-]+)(:)(.*)$/.exec(code);
  return (
    <span class="line">
      {name ? <>{name[1]}<span class="name">{name[2]}</span>{name[3]}{name[4]}</> : code}
      {comment && <span class="comment">{comment[0]}</span>}
      {"\n"}
    </span>
  );
}
