import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { OpenFile } from "../extension/pages.ts";
import { editor, host, onWanted, remember } from "./host.ts";
import type { Axis } from "./lib/axis.ts";
import { isFiltering, NO_FILTER } from "./lib/filter.ts";
import { type Deed, deedOf, type Move } from "./lib/keys.ts";
import type { Player } from "./lib/player.ts";
import type { Row } from "./lib/rows.ts";
import { type Story, touching } from "./lib/story.ts";
import { rowFinder, stepAt, stepOf, timeOf, walk } from "./lib/walk.ts";
import type { ListHandle } from "./parts/list.tsx";
import type { View } from "./state.ts";

interface Scope {
  story: Story;
  rows: Row[];
  axis: Axis;
  view: View;
  change: (part: Partial<View>) => void;
  setHelps: (helps: boolean) => void;
}

/** The one who reads: where they are, and how they get on, by key, mouse or player. */
export function useReader(scope: Scope) {
  const [here, setHere] = useState<string>();
  const [reader] = useState(() => new Reader(scope, setHere));
  reader.scope = scope;
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const deed = deedOf(event);
      if (!deed) return;
      event.preventDefault();
      reader.act(deed);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  useLayoutEffect(() => reader.seek(), [scope.rows]);
  useLayoutEffect(() => {
    const ask = () => void host.wanted().then(id => id !== null && reader.go(id));
    ask();
    return onWanted(ask);
  }, []);
  const first = useRef<number>(undefined);
  first.current ??= reader.placeOfCurrent();
  return Object.assign(reader, { here, start: first.current });
}

class Reader {
  scope: Scope;
  readonly #setHere: (prompt: string | undefined) => void;
  #list: ListHandle | undefined;
  #player: Player | undefined;
  #sought: string | undefined;
  #reached: string | undefined;
  #follows: ReturnType<typeof setTimeout> | undefined;
  #remembers: ReturnType<typeof setTimeout> | undefined;

  constructor(scope: Scope, setHere: (prompt: string | undefined) => void) {
    this.scope = scope;
    this.#setHere = setHere;
  }

  readonly takeList = (list: ListHandle): void => {
    this.#list = list;
  };

  readonly takePlayer = (player: Player): void => {
    this.#player = player;
  };

  placeOfCurrent(): number {
    const { rows, view, axis } = this.scope;
    const row = rows.find(row => row.id === view.current);
    return row ? axis.toPlace(timeOf(row)) : 0;
  }

  /** Goes to a row, a step or a prompt, wherever it is folded away. */
  readonly go = (id: string): void => {
    this.#sought = id;
    this.seek();
  };

  /** Opens what the sought step is folded into, one after the other, as the rows of each are there. */
  seek(): void {
    const { rows, story, view, change } = this.scope;
    const id = this.#sought;
    if (id === undefined) return;
    const row = rows.find(row => row.id === id || row.id === `prompt:${id}`);
    const holder = row ?? rowFinder(rows, story)(id);
    if (!row && holder && holder.kind !== "prompt" && !holder.open) this.#openRow(holder);
    else if (!row && isFiltering(view.filter)) change({ filter: NO_FILTER });
    else {
      this.#sought = undefined;
      if (row?.kind === "step" && !row.open) this.#openRow(row);
      if (row) this.#arrive(row, "start");
    }
  }

  #openRow({ id }: Row): void {
    const { change, view } = this.scope;
    change({ opened: { ...view.opened, [id]: true } });
  }

  readonly toggle = (row: Row): void => {
    if (row.kind === "prompt") return;
    const { change, view } = this.scope;
    change({ opened: { ...view.opened, [row.id]: !row.open }, current: row.id });
    this.#player?.show(this.scope.axis.toPlace(timeOf(row)));
    this.#follow(row);
  };

  /** Shows the step that was done at a place of the axis. */
  readonly reach = (place: number): void => {
    const { story, rows, axis, view, change } = this.scope;
    const step = stepAt(story.steps, axis.toTime(place));
    if (!step || step.id === this.#reached) return;
    this.#reached = step.id;
    const row = rowFinder(rows, story)(step.id);
    if (!row || row.id === view.current) return;
    change({ current: row.id });
    this.#list?.reveal(row.id, { at: "nearest" });
    this.#follow(row);
  };

  /** Shows what touched a file that the user opened in the editor, and goes to the step that wrote the line there. */
  readonly point = (file: OpenFile): void => {
    const { story, rows, axis, view, change } = this.scope;
    const id = file.wroteLine ?? touching(story, file).at(-1)?.id;
    const row = id === undefined || this.#player?.playing ? undefined : rowFinder(rows, story)(id);
    if (!row || row.id === view.current) return;
    if (file.wroteLine !== null) {
      change({ current: row.id });
      this.#player?.show(axis.toPlace(timeOf(row)));
    }
    this.#list?.reveal(row.id, { at: "nearest" });
  };

  /** Notes what is at the top of the list. */
  readonly see = (top: NonNullable<View["top"]>): void => {
    const { rows } = this.scope;
    const index = rows.findIndex(row => row.id === top.id);
    const prompt = rows.slice(0, index + 2).findLast(row => row.kind === "prompt");
    this.#setHere(prompt?.kind === "prompt" ? prompt.prompt.id : undefined);
    clearTimeout(this.#remembers);
    this.#remembers = setTimeout(() => remember({ top }), 200);
  };

  readonly act = (deed: Deed): void => {
    if (typeof deed === "string") {
      this.#deeds[deed]();
      return;
    }
    const target = walk(this.scope.rows, this.scope.view.current, deed);
    if (target) this.#arrive(target, deed.to === "prompt" ? "start" : "nearest");
  };

  readonly #deeds: Record<Exclude<Deed, Move>, () => void> = {
    open: () => this.#open(true),
    close: () => this.#open(false),
    toggle: () => this.#open(undefined),
    play: () => this.#player?.toggle(),
    filter: () => document.querySelector<HTMLElement>(".toolbar vscode-text-field, .toolbar input")?.focus(),
    help: () => this.scope.setHelps(true),
    leave: () => this.scope.change({ filter: NO_FILTER }),
  };

  #open(open: boolean | undefined): void {
    const { rows, view } = this.scope;
    const current = rows.find(row => row.id === view.current);
    if (current && current.kind !== "prompt" && current.open !== open) this.toggle(current);
  }

  #arrive(row: Row, at: "start" | "nearest"): void {
    const { axis, change } = this.scope;
    change({ current: row.id });
    this.#list?.reveal(row.id, { at, focus: true });
    this.#player?.show(axis.toPlace(timeOf(row)));
    this.#follow(row);
  }

  /** Shows in the editor what a step changed, if that is wished, and unless it is only passed by. */
  #follow(row: Row): void {
    const step = stepOf(row);
    clearTimeout(this.#follows);
    if (this.scope.view.follows && step && step.added + step.removed > 0)
      this.#follows = setTimeout(() => void editor?.showDiff(step.id), 250);
  }
}
