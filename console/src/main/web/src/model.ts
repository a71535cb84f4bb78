// What the server sends; the same names as in stream.weir.console.json.

export type Phase = "STARTING" | "RUNNING" | "RECOVERING" | "RESHAPING" | "COMPLETED" | "STOPPED" | "FAILED";
export type OrderKind = "CHECKPOINT" | "SAVEPOINT" | "STOP" | "DRAIN" | "RESTART" | "SCALE";

export interface StageSketch {
  name: string;
  source?: string;
  steps: string[];
  sink?: string;
}

export interface EdgeSketch {
  from: string;
  output: string;
  to: string;
  distribution: string;
  durable?: string;
}

export type Where =
  | { kind: "CLUSTER"; namespace: string; pipeline: string }
  | { kind: "SERVICES" }
  | { kind: "PROCESS"; file: string };

export interface Sketch {
  name: string;
  maxParallelism: number;
  backend: string;
  stages: StageSketch[];
  edges: EdgeSketch[];
  spec: string;
  where: Where;
  orders: OrderKind[];
  access: "READ_ONLY" | "TOKEN";
}

export interface Figures {
  records: number;
  recordsPerSecond: number;
  busy: number;
  blocked: number;
  idle: number;
  watermark?: number;
  upMillis: number;
  lag?: number;
  sent: Record<string, number>;
  sentPerSecond: Record<string, number>;
  counts: Record<string, number>;
}

export interface Replica {
  index: number;
  firstKeyGroup?: number;
  lastKeyGroup?: number;
  instance?: string;
  address?: string;
  connected: boolean;
  opened: boolean;
  finished: boolean;
  figures?: Figures;
}

export interface Instance {
  name: string;
  address: string;
  revision: string;
  connected: boolean;
  replica?: number;
}

export interface StageState {
  name: string;
  wanted: number;
  replicas: Replica[];
  instances: Instance[];
}

export interface Checkpoint {
  id: number;
  status: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  kind?: string;
  atMillis: number;
  durationMillis: number;
  stateBytes: number;
  uploadedBytes: number;
  stages: Record<string, number>;
  failure?: string;
  detail: string;
  replicas?: number;
  acknowledged?: number;
  waitingFor?: string[];
}

export interface Times {
  barrierNanos: number;
  alignmentNanos: number;
  captureNanos: number;
  uploadNanos: number;
  acknowledgedNanos: number;
  stateBytes: number;
  uploadedBytes: number;
  heldBytes: number;
  lastInput: string;
}

export interface ReplicaPart {
  stage: string;
  replica: number;
  keyGroups?: string;
  finished?: boolean;
  objects?: number;
  times?: Times;
  states?: StateSize[];
}

export interface StateSize {
  name: string;
  bytes: number;
  estimated: boolean;
}

export interface CheckpointDetail {
  checkpoint: Checkpoint;
  replicas: ReplicaPart[];
  stages: { stage: string; states: { name: string; kind: string; type: string }[] }[];
}

export interface Kept {
  checkpoints: Checkpoint[];
  savepoints: string[];
}

export interface View {
  leads: boolean;
  leader?: string;
  phase: Phase;
  detail: string;
  run: number;
  term: number;
  atMillis: number;
  stages: StageState[];
  checkpoints: {
    newest?: Checkpoint;
    inProgress: Checkpoint[];
    history: Checkpoint[];
    completed: number;
    failed: number;
  };
  recoveries: { atMillis: number; cause: string; run: number; toCheckpoint: number }[];
  lost: { instance: string; stage: string; cause: string; atMillis: number }[];
  savepoints: { name: string; atMillis: number; status: "MADE" | "FAILED"; checkpoint: number; detail: string }[];
}
