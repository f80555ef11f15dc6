import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { Heights } from "../lib/heights.ts";

interface Item {
  id: string;
}

/** What the page does with a list that it does not draw. */
export interface ListHandle {
  /** Brings a row into view, and then to the keyboard if it is to have the focus. */
  reveal(id: string, how: { at: "start" | "nearest"; focus?: boolean }): void;
}

interface ListProps<T extends Item> {
  label: string;
  rows: T[];
  /** How high a row will be, before it is drawn. */
  expect: (row: T) => number;
  draw: (row: T, index: number) => JSX.Element;
  handle: (handle: ListHandle) => void;
  /** Where the list is to stand at first. */
  top: { id: string; offset: number } | null;
  onTop: (top: { id: string; offset: number }) => void;
}

/** So much is drawn beyond what can be seen, on each side. */
const BEYOND = 600;

/** A list of rows of any height, of which only those near the visible ones are drawn. */
export function List<T extends Item>(props: ListProps<T>): JSX.Element {
  const { rows, expect, draw, label } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [, again] = useReducer((n: number) => n + 1, 0);
  const [heights] = useState(() => new Heights());
  useMemo(() => heights.lay(rows, expect), [rows]);
  const observer = useObserver(heights, again);
  const [from, to] = visible(heights, scroller.current, rows.length);
  useScrolling({ ...props, scroller, heights, again, drawn: [from, to] });
  return (
    <div class="scroller" ref={scroller} tabIndex={-1}>
      <div class="beyond" style={{ height: `${heights.top(from)}px` }} />
      <ol aria-label={label}>
        {rows.slice(from, to).map((row, i) => (
          <Measured key={row.id} id={row.id} place={from + i + 1} of={rows.length} observer={observer}>
            {draw(row, from + i)}
          </Measured>
        ))}
      </ol>
      <div class="beyond" style={{ height: `${heights.total - heights.top(to)}px` }} />
    </div>
  );
}

/** The indexes of the rows to draw. */
function visible(heights: Heights, scroller: HTMLElement | null, rows: number): [from: number, to: number] {
  const [top, height] = [scroller?.scrollTop ?? 0, scroller?.clientHeight || window.innerHeight];
  return [heights.at(Math.max(0, top - BEYOND)), Math.min(rows, heights.at(top + height + BEYOND) + 1)];
}

/** Watches the heights of the rows that are drawn. */
function useObserver(heights: Heights, again: (_: undefined) => void): ResizeObserver {
  const [observer] = useState(
    () =>
      new ResizeObserver(entries => {
        let news = false;
        for (const { target } of entries) {
          const { id } = (target as HTMLElement).dataset;
          const { height } = target.getBoundingClientRect();
          if (id !== undefined && height > 0 && heights.set(id, height)) news = true;
        }
        if (news) again(undefined);
      }),
  );
  useEffect(() => () => observer.disconnect(), []);
  return observer;
}

interface Scrolling<T extends Item> extends ListProps<T> {
  scroller: { readonly current: HTMLDivElement | null };
  heights: Heights;
  again: (_: undefined) => void;
  drawn: [from: number, to: number];
}

/** Draws what is scrolled to, remembers where that is, and answers what is to be revealed. */
function useScrolling<T extends Item>(now: Scrolling<T>): void {
  const latest = useRef(now);
  latest.current = now;
  useEffect(() => {
    const element = now.scroller.current;
    if (!element) return;
    const scrolled = () => {
      const { heights, drawn, rows, again, onTop } = latest.current;
      const [from, to] = visible(heights, element, rows.length);
      // A few rows of slack, so that not every step of the wheel draws.
      if (Math.abs(from - drawn[0]) > 5 || Math.abs(to - drawn[1]) > 5 || from === 0 || to === rows.length)
        again(undefined);
      const index = heights.at(element.scrollTop);
      const row = rows[index];
      if (row) onTop({ id: row.id, offset: Math.round(element.scrollTop - heights.top(index)) });
    };
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => element.removeEventListener("scroll", scrolled);
  }, []);
  useLayoutEffect(() => {
    const { top, rows, heights, scroller, again } = now;
    const index = rows.findIndex(row => row.id === top?.id);
    if (top && index >= 0 && scroller.current) {
      scroller.current.scrollTop = heights.top(index) + top.offset;
      again(undefined);
    }
    now.handle({ reveal: (id, how) => reveal(latest.current, id, how) });
  }, []);
}

type How = Parameters<ListHandle["reveal"]>[1];

function reveal<T extends Item>(list: Scrolling<T>, id: string, { at, focus }: How): void {
  const { rows, heights, again } = list;
  const scroller = list.scroller.current;
  const index = rows.findIndex(row => row.id === id);
  if (index < 0 || !scroller) return;
  const element = () => scroller.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  if (!element()) {
    scroller.scrollTop = heights.top(index) - (at === "start" ? 0 : scroller.clientHeight / 3);
    again(undefined);
  }
  requestAnimationFrame(() => {
    const row = element();
    row?.scrollIntoView({ block: at });
    if (focus) row?.querySelector<HTMLElement>("[data-head]")?.focus({ preventScroll: true });
  });
}

interface MeasuredProps {
  id: string;
  place: number;
  of: number;
  observer: ResizeObserver;
  children: JSX.Element;
}

function Measured({ id, place, of, observer, children }: MeasuredProps): JSX.Element {
  const element = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const row = element.current;
    if (!row) return;
    observer.observe(row);
    return () => observer.unobserve(row);
  }, []);
  return (
    <li ref={element} data-id={id} aria-posinset={place} aria-setsize={of}>
      {children}
    </li>
  );
}
