import type {
  BillHost,
  Call,
  CompareHost,
  EditorHost,
  Hinted,
  ReplayHost,
  ToWebview,
} from "../extension/pages.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: Call): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const vsCode = acquireVsCodeApi();
const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
const listeners = new Set<(hint: Hinted) => void>();
let calls = 0;

window.addEventListener("message", ({ data }: MessageEvent<ToWebview>) => {
  if ("hint" in data) {
    for (const listener of listeners) listener(data.hint);
    return;
  }
  const caller = waiting.get(data.call);
  waiting.delete(data.call);
  if ("err" in data) caller?.reject(new Error(data.err));
  else caller?.resolve(data.ok);
});

/** Each call is a message to the extension, and ends with the message back. */
function ask(method: string): (...args: unknown[]) => Promise<unknown> {
  return (...args) =>
    new Promise((resolve, reject) => {
      const call = ++calls;
      waiting.set(call, { resolve, reject });
      vsCode.postMessage({ call, method, args });
    });
}

/** The extension as its methods: it answers those that the page which it shows may ask. */
const extension: unknown = new Proxy({}, { get: (_, method: string) => ask(method) });

export const host = extension as ReplayHost;
export const billHost = extension as BillHost;
export const compareHost = extension as CompareHost;

/** The editor around the page; a page that stands by itself has none. */
export const editor = extension as EditorHost | undefined;

/** Calls `listener` whenever what this page shows has changed; answers how to stop. */
export function onChanged(listener: () => void): () => void {
  return on("changed", listener);
}

/** Calls `listener` whenever somebody wants to see a step; answers how to stop. */
export function onWanted(listener: () => void): () => void {
  return on("wanted", listener);
}

/** Calls `listener` whenever the user went to another file or line in the editor; answers how to stop. */
export function onMoved(listener: () => void): () => void {
  return on("moved", listener);
}

function on(hint: Hinted, listener: () => void): () => void {
  const listen = (told: Hinted) => void (told === hint && listener());
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** What the page looked like when it was last there; the editor keeps it over reloads. */
export function remembered(): object {
  const state = vsCode.getState();
  return typeof state === "object" && state !== null ? state : {};
}

/** What the editor gives back when it restores this page, to the page and to the extension. */
export function remember(state: object): void {
  vsCode.setState({ ...remembered(), ...state });
}
