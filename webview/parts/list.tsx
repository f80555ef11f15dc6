import type { JSX, RefObject } from "preact";
import { useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { Heights } from "../lib/heights.ts";
import { usePrinting } from "../lib/printing.ts";

interface Item {
  id: string;
}

/** A place in the list: the row at its top, and how much of it is scrolled out. */
interface Top {
  id: string;
  offset: number;
}

/** What the page does with a list that it does not draw. */
export interface ListHandle {
  /** Brings a row into view, and then to the keyboard if it is to have the focus. */
  reveal(id: string, how: How): void;
}

interface How {
  at: "start" | "nearest";
  focus?: boolean;
}

interface ListProps<T extends Item> {
  label: string;
  rows: T[];
  /** How high a row will be, before it is drawn. */
  expect: (row: T) => number;
  draw: (row: T) => JSX.Element;
  handle: (handle: ListHandle) => void;
  /** Where the list is to stand at first. */
  top: Top | null;
  onTop: (top: Top) => void;
}

/** A list of rows of any height, of which only those near the visible ones are drawn. */
export function List<T extends Item>(props: ListProps<T>): JSX.Element {
  const { rows, draw, label, expect } = props;
  const [, again] = useReducer((n: number, _: undefined) => n + 1, 0);
  const [frame] = useState(() => new Frame(props, () => again(undefined)));
  const scroller = useRef<HTMLDivElement>(null);
  useMemo(() => frame.lay(rows, expect), [rows]);
  const near = frame.see(scroller, props.onTop);
  const [from, to] = usePrinting() ? [0, rows.length] : near;
  useLayoutEffect(() => {
    props.handle(frame);
    return frame.open();
  }, []);
  useLayoutEffect(() => frame.hold(), [rows]);
  return (
    <div class="scroller" ref={scroller} tabIndex={-1}>
      <div style={{ height: `${frame.heights.top(from)}px` }} />
      <ol aria-label={label}>
        {rows.slice(from, to).map((row, i) => (
          <Measured key={row.id} id={row.id} place={from + i + 1} of={rows.length} frame={frame}>
            {draw(row)}
          </Measured>
        ))}
      </ol>
      <div style={{ height: `${frame.heights.total - frame.heights.top(to)}px` }} />
    </div>
  );
}

/** So much is drawn beyond what can be seen, on each side. */
const BEYOND = 600;

/** What can be seen of a list. What is at its top stays there, whatever becomes of the rows above it. */
class Frame implements ListHandle {
  readonly heights = new Heights();
  readonly observer: ResizeObserver;
  readonly #draw: () => void;
  #rows: Item[] = [];
  #scroller: RefObject<HTMLElement | null> = { current: null };
  #onTop: (top: Top) => void;
  #top: Top | null;
  #place = 0;
  #drawn: [from: number, to: number] = [0, 0];

  constructor({ top, onTop }: { top: Top | null; onTop: (top: Top) => void }, draw: () => void) {
    this.#top = top;
    this.#onTop = onTop;
    this.#draw = draw;
    this.observer = new ResizeObserver(entries => this.#measure(entries));
  }

  lay<T extends Item>(rows: T[], expect: (row: T) => number): void {
    this.#notice();
    this.#rows = rows;
    this.heights.lay(rows, expect);
  }

  /** The indexes of the rows to draw. */
  see(scroller: RefObject<HTMLElement | null>, onTop: (top: Top) => void): [from: number, to: number] {
    this.#scroller = scroller;
    this.#onTop = onTop;
    this.#drawn = this.#visible(BEYOND);
    return this.#drawn;
  }

  /** Begins to follow what is scrolled to; answers how to stop. */
  open(): () => void {
    const scroller = this.#scroller.current;
    const scrolled = () => this.#scrolled();
    scroller?.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      scroller?.removeEventListener("scroll", scrolled);
      this.observer.disconnect();
    };
  }

  /** Keeps the row at the top where it is. */
  hold(): void {
    const scroller = this.#scroller.current;
    const top = this.#top && this.heights.topOf(this.#top.id);
    if (!scroller || !this.#top || typeof top !== "number") return;
    const wanted = top + this.#top.offset;
    if (Math.abs(scroller.scrollTop - wanted) < 1) return;
    scroller.scrollTop = wanted;
    this.#place = scroller.scrollTop;
    this.#drawIfBare();
  }

  reveal(id: string, { at, focus }: How): void {
    const scroller = this.#scroller.current;
    const top = this.heights.topOf(id);
    if (!scroller || top === undefined) return;
    const element = () => scroller.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    if (!element()) this.#go(top - (at === "start" ? 0 : scroller.clientHeight / 3));
    requestAnimationFrame(() => {
      const row = element();
      row?.scrollIntoView({ block: at });
      if (focus) row?.querySelector<HTMLElement>("[data-head]")?.focus({ preventScroll: true });
    });
  }

  #go(place: number): void {
    if (this.#scroller.current) this.#scroller.current.scrollTop = place;
    this.#scrolled();
  }

  #scrolled(): void {
    this.#notice();
    this.#drawIfBare();
  }

  /** Takes what the reader scrolled to as the place to stay at, before anything can move it. */
  #notice(): void {
    const place = this.#scroller.current?.scrollTop ?? this.#place;
    if (place === this.#place) return;
    this.#place = place;
    const index = this.heights.at(place);
    const row = this.#rows[index];
    if (!row) return;
    this.#top = { id: row.id, offset: Math.round(place - this.heights.top(index)) };
    this.#onTop(this.#top);
  }

  /** Not every turn of the wheel draws: only one that comes near the end of what is drawn. */
  #drawIfBare(): void {
    const [from, to] = this.#visible(BEYOND / 3);
    if (from < this.#drawn[0] || to > this.#drawn[1]) this.#draw();
  }

  #visible(beyond: number): [from: number, to: number] {
    const { current } = this.#scroller;
    const [top, height] = [current?.scrollTop ?? 0, current?.clientHeight || window.innerHeight];
    const to = Math.min(this.#rows.length, this.heights.at(top + height + beyond) + 1);
    return [this.heights.at(Math.max(0, top - beyond)), to];
  }

  #measure(entries: ResizeObserverEntry[]): void {
    this.#notice();
    let news = false;
    for (const { target } of entries) {
      const { id } = (target as HTMLElement).dataset;
      const { height } = target.getBoundingClientRect();
      if (id !== undefined && height > 0 && this.heights.set(id, height)) news = true;
    }
    if (!news) return;
    this.hold();
    this.#draw();
  }
}

interface MeasuredProps {
  id: string;
  place: number;
  of: number;
  frame: Frame;
  children: JSX.Element;
}

function Measured({ id, place, of, frame, children }: MeasuredProps): JSX.Element {
  const element = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const row = element.current;
    if (!row) return;
    frame.observer.observe(row);
    return () => frame.observer.unobserve(row);
  }, []);
  return (
    <li ref={element} data-id={id} aria-posinset={place} aria-setsize={of}>
      {children}
    </li>
  );
}
