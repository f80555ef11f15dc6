import { useEffect, useReducer, useState } from "preact/hooks";
import type { DerivationWanted } from "../extension/bill.ts";
import { onChanged, remember, remembered } from "./host.ts";
import type { Range, RangeName } from "./lib/bill/range.ts";
import type { Loaded } from "./state.ts";

/** What the reader has chosen; it is as they left it after a reload. */
export interface BillView {
  range: RangeName;
  custom: Range;
  scope: "workspace" | "all";
  stack: "model" | "project" | "agent";
  /** What all tables show only. */
  only: Partial<Record<"day" | "project" | "model" | "agent", string | undefined>>;
  group: "project" | "model" | "agent" | "tool";
  /** The amount that is explained. */
  explained: DerivationWanted | null;
}

const FIRST: BillView = {
  ...{ range: "30", custom: { from: "", to: "" }, scope: "all", stack: "model", only: {} },
  ...{ group: "project", explained: null },
};

export type Change = (part: Partial<BillView>) => void;

export function useBillView(): [BillView, Change] {
  const [view, setView] = useState<BillView>(() => ({ ...FIRST, ...remembered() }));
  const change = (part: Partial<BillView>) => {
    remember(part);
    setView(view => ({ ...view, ...part }));
  };
  return [view, change];
}

/** An answer to a question, asked again when it differs or something changed; the last one stays meanwhile. */
export function useAsked<T>(question: () => Promise<T>, ...depends: unknown[]): [Loaded<T>, () => void] {
  const [answer, setAnswer] = useState<Loaded<T>>({ kind: "loading" });
  const [times, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => onChanged(() => again(undefined)), []);
  useEffect(() => {
    let late = false;
    question().then(
      value => late || setAnswer({ kind: "loaded", value }),
      (error: Error) =>
        late ||
        setAnswer(known => (known.kind === "loaded" ? known : { kind: "failed", why: error.message })),
    );
    return () => {
      late = true;
    };
  }, [times, JSON.stringify(depends)]);
  return [answer, () => again(undefined)];
}

export function shownOf<T>(answer: Loaded<T>): T | undefined {
  return answer.kind === "loaded" ? answer.value : undefined;
}
