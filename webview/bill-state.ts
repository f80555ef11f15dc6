import { useState } from "preact/hooks";
import type { BillBy, DerivationWanted } from "../extension/bill.ts";
import { remember, remembered } from "./host.ts";
import type { Range, RangeName } from "./lib/bill/range.ts";

/** What the reader has chosen; it is as they left it after a reload. */
export interface BillView {
  range: RangeName;
  custom: Range;
  scope: "workspace" | "all";
  stack: "model" | "project" | "agent";
  /** What all tables show only. */
  only: Partial<Record<"day" | BillBy, string | undefined>>;
  group: BillBy;
  span: "window" | "week";
  /** The amount that is explained. */
  explained: DerivationWanted | null;
}

const FIRST: BillView = {
  ...{ range: "30", custom: { from: "", to: "" }, scope: "all", stack: "model", only: {} },
  ...{ group: "project", span: "window", explained: null },
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
