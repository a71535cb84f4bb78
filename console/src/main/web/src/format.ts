// Numbers as people read them. All pure.

const MINUS = "–";

export function count(value: number): string {
  if (!Number.isFinite(value)) return MINUS;
  const units: [number, string][] = [[1e9, " G"], [1e6, " M"], [1e4, " k"]];
  for (const [size, unit] of units) {
    if (Math.abs(value) >= size) {
      const scaled = value / (unit === " k" ? 1e3 : size);
      return digits(scaled) + unit;
    }
  }
  return value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString("en") : digits(value);
}

function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

export function rate(perSecond: number): string {
  return count(perSecond) + "/s";
}

export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return (unit === 0 ? String(size) : digits(size)) + " " + units[unit];
}

export function percent(share: number): string {
  return Math.round(share * 100) + " %";
}

/** Of milliseconds. */
export function duration(millis: number): string {
  if (millis < 1) return millis <= 0 ? "0 ms" : millis.toFixed(2) + " ms";
  if (millis < 1000) return (millis < 10 ? millis.toFixed(1) : Math.round(millis)) + " ms";
  if (millis < 60_000) return (millis / 1000).toFixed(millis < 10_000 ? 2 : 1) + " s";
  const minutes = Math.floor(millis / 60_000);
  if (minutes < 60) return minutes + " min " + Math.round((millis % 60_000) / 1000) + " s";
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return hours + " h " + (minutes % 60) + " min";
  const days = Math.floor(hours / 24);
  return days < 1000 ? days + " d " + (hours % 24) + " h" : Math.round(days / 365.25) + " years";
}

export function ago(millis: number): string {
  if (millis < 1500) return "just now";
  return (millis < 59_500 ? Math.round(millis / 1000) + " s" : duration(Math.round(millis / 1000) * 1000)) + " ago";
}

/** A watermark at the end of all input has no time any more. */
const END_OF_TIME = 8.64e15;

export function isEnd(millis: number): boolean {
  return millis >= END_OF_TIME;
}

export function time(millis: number): string {
  if (isEnd(millis)) return "end";
  if (millis <= -END_OF_TIME) return MINUS;
  return new Date(millis).toISOString().replace("T", " ").replace(/\.\d+Z$/, "Z");
}

export function day(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}

export function clock(millis: number): string {
  return new Date(millis).toISOString().slice(11, 19) + "Z";
}

export const none = MINUS;
