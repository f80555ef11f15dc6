import type { Memento } from "vscode";
import { Signal } from "../base/signal.ts";
import type { SessionsSort } from "../questions.ts";
import type { GroupBy } from "./groups.ts";

/** How the sessions are shown. */
export interface Arranged {
  group: GroupBy;
  sort: SessionsSort;
  /** Only those of this workspace. */
  here: boolean;
  /** As it was typed. */
  filter: string;
}

const AT_FIRST: Arranged = { group: "day", sort: "time", here: false, filter: "" };
const KEY = "agentTrace.arrangement";

/** How the user wants the sessions of this workspace to be shown; remembered with it. */
export class Arrangement {
  readonly changed = new Signal<Arranged>();
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  get now(): Arranged {
    return { ...AT_FIRST, ...this.#memory.get<Partial<Arranged>>(KEY) };
  }

  async change(some: Partial<Arranged>): Promise<void> {
    await this.#memory.update(KEY, { ...this.now, ...some });
    this.changed.fire(this.now);
  }
}
