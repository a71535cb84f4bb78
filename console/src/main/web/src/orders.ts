// What can be asked of the job: how it is sent, and how it is said on a command line.
import { said } from "./live";
import type { OrderKind, Sketch } from "./model";

const TOKEN = "weir.token";

/** A token comes behind the # of the address that `weir run` prints; it is kept for this tab and taken out of the address. */
export function takeTokenFromAddress(): void {
  const match = /^#token=([^&]+)$/.exec(location.hash);
  if (match?.[1]) {
    sessionStorage.setItem(TOKEN, decodeURIComponent(match[1]));
    history.replaceState(null, "", location.pathname + location.search + "#/");
  }
}

export function token(): string {
  return sessionStorage.getItem(TOKEN) ?? "";
}

export function forget(): void {
  sessionStorage.removeItem(TOKEN);
}

/** Whether the token is right; it is kept then. */
export async function authorize(given: string): Promise<boolean> {
  const answer = await send(given, "");
  if (answer.status === 202) sessionStorage.setItem(TOKEN, given);
  return answer.status === 202;
}

/** Whether the job is over after it. */
export const ends = (kind: OrderKind) => kind === "STOP" || kind === "DRAIN";

export interface OrderBody {
  order: OrderKind;
  name?: string;
  stage?: string;
  replicas?: number;
  checkpoint?: number;
  savepoint?: string;
  acceptDuplicates?: boolean;
}

/** Empty when the order was taken; else why not. */
export async function order(body: OrderBody): Promise<string> {
  try {
    const answer = await send(token(), JSON.stringify(body));
    return answer.status === 202 ? "" : await said(answer);
  } catch (error) {
    return "the console's server cannot be reached: " + String(error);
  }
}

function send(bearer: string, body: string): Promise<Response> {
  return fetch("api/orders", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: "Bearer " + bearer },
    body,
  });
}

const quoted = (text: string) => (/^[\w./:-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'");

/** The same order on a command line. */
export function commandLine(sketch: Sketch, body: OrderBody): string {
  const where = sketch.where;
  switch (where.kind) {
    case "CLUSTER":
      return inCluster(sketch.name, where.namespace, where.pipeline, body);
    case "SERVICES":
      return overRest(body);
    case "PROCESS":
      return inProcess(where.file, body);
  }
}

/** The same of a pipeline of this name in a cluster; empty where it is in one, as that is its line. */
export function clusterLine(sketch: Sketch, body: OrderBody): string {
  return sketch.where.kind === "CLUSTER" ? "" : inCluster(sketch.name, "default", sketch.name, body);
}

function inCluster(name: string, namespace: string, pipeline: string, body: OrderBody): string {
  const kubectl = `kubectl -n ${namespace}`;
  const raw = `/api/v1/namespaces/${namespace}/services/${name}-coordinator:8081/proxy/api/v1`;
  switch (body.order) {
    case "CHECKPOINT":
      return `kubectl create --raw ${raw}/checkpoints -f /dev/null`;
    case "SAVEPOINT":
      return `${kubectl} apply -f - <<'EOF'\napiVersion: weir.stream/v1alpha1\nkind: StreamSavepoint\n`
        + `metadata: {name: ${body.name || "NAME"}}\nspec: {pipeline: ${pipeline}}\nEOF`;
    case "STOP":
      return `${kubectl} patch streampipeline/${pipeline} --type merge -p '{"spec":{"suspend":true}}'`;
    case "DRAIN":
      return `echo '{"mode":"DRAIN"}' | kubectl create --raw ${raw}/stop -f -`;
    case "SCALE":
      return `${kubectl} scale streamstage/${pipeline}-${body.stage} --replicas=${body.replicas}`;
    case "RESTART":
      return `echo '${restart(body)}' | kubectl create --raw ${raw}/restart -f -`;
  }
}

function overRest(body: OrderBody): string {
  const rest = (method: string, path: string, json: string) =>
    `curl -X ${method} -H 'Content-Type: application/json'${json ? ` -d '${json}'` : ""} http://COORDINATOR:8081/api/v1/${path}`;
  switch (body.order) {
    case "CHECKPOINT":
      return rest("POST", "checkpoints", "");
    case "SAVEPOINT":
      return rest("POST", "savepoints", JSON.stringify({ name: body.name || "NAME" }));
    case "STOP":
      return rest("POST", "stop", "{}");
    case "DRAIN":
      return rest("POST", "stop", '{"mode":"DRAIN"}');
    case "SCALE":
      return rest("PUT", "replicas", JSON.stringify({ [body.stage ?? ""]: body.replicas }));
    case "RESTART":
      return rest("POST", "restart", restart(body));
  }
}

function inProcess(file: string, body: OrderBody): string {
  switch (body.order) {
    case "CHECKPOINT":
    case "DRAIN":
      return `curl -X POST -H 'Content-Type: application/json' -H "Authorization: Bearer TOKEN" -d '{"order":"${body.order}"}' ${location.origin}/api/orders`;
    case "SAVEPOINT":
      return `weir savepoint ${quoted(file)} ${body.name || "NAME"}   # of the newest checkpoint, when the job is down`;
    case "STOP":
      return "Ctrl-C in the terminal of weir run";
    case "SCALE":
      return `weir run ${quoted(file)}   # with replicas: ${body.replicas} at stage ${body.stage} of the file`;
    case "RESTART":
      return body.savepoint
        ? `weir run ${quoted(file)} --from-savepoint ${body.savepoint}`
        : `weir run ${quoted(file)} --from-checkpoint ${body.checkpoint ?? "N"}`;
  }
}

function restart(body: OrderBody): string {
  return JSON.stringify({
    ...(body.savepoint ? { savepoint: body.savepoint } : { checkpoint: body.checkpoint }),
    ...(body.acceptDuplicates ? { acceptDuplicates: true } : {}),
  });
}
