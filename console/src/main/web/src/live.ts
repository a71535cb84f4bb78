// The one stream of views, and what the page knows besides.
import { useEffect, useState } from "preact/hooks";
import type { CheckpointDetail, Kept, Sketch, View } from "./model";

export type Link = "CONNECTING" | "LIVE" | "LOST";

/** The newest view for as long as the page is there. The browser itself connects again after a break. */
export function useView(): { view: View | undefined; link: Link } {
  const [view, setView] = useState<View>();
  const [link, setLink] = useState<Link>("CONNECTING");
  useEffect(() => {
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource("api/events");
      source.addEventListener("view", event => {
        setView(JSON.parse((event as MessageEvent<string>).data) as View);
        setLink("LIVE");
      });
      source.onerror = () => {
        setLink("LOST");
        if (source.readyState === EventSource.CLOSED) again = setTimeout(open, 3000);
      };
    };
    open();
    return () => {
      clearTimeout(again);
      source.close();
    };
  }, []);
  return { view, link };
}

export async function get<T>(path: string): Promise<T> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(await said(answer));
  return (await answer.json()) as T;
}

export async function said(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as { reason: string; detail: string };
    return `${problem.reason}: ${problem.detail}`;
  } catch {
    return `${answer.status} ${answer.statusText}`;
  }
}

/** Something that is asked for once, and again when its key changes. */
export function useFetched<T>(path: string, key: string): { value: T | undefined; error: string } {
  const [state, setState] = useState<{ value: T | undefined; error: string }>({ value: undefined, error: "" });
  useEffect(() => {
    let wanted = true;
    get<T>(path).then(
      value => wanted && setState({ value, error: "" }),
      (error: unknown) => wanted && setState(before => ({ ...before, error: String(error instanceof Error ? error.message : error) })),
    );
    return () => {
      wanted = false;
    };
  }, [path, key]);
  return state;
}

export const useSketch = () => useFetched<Sketch>("api/sketch", "");
export const useDetail = (id: number, key: string) => useFetched<CheckpointDetail>(`api/checkpoints/${id}`, key);
export const useKept = (key: string) => useFetched<Kept>("api/kept", key);

/** The part of the address behind the #. */
export function useRoute(): string[] {
  const read = () => location.hash.replace(/^#\/?/, "").split("/").filter(each => each !== "").map(decodeURIComponent);
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const changed = () => setRoute(read());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setHolds(list.matches);
    list.addEventListener("change", changed);
    return () => list.removeEventListener("change", changed);
  }, [query]);
  return holds;
}
