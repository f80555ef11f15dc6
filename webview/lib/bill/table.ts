import type { ComponentChildren } from "preact";

/** A column of a table that sorts, copies and is saved. */
export interface Column<T> {
  title: string;
  /** What it sorts by, and what is saved. */
  value: (row: T) => string | number | null;
  draw: (row: T) => ComponentChildren;
  /** Numbers stand at the right. */
  left?: boolean;
  /** Left out where there is little room. */
  wide?: boolean;
}

export interface Sorting {
  column: string;
  descending: boolean;
}

/** The rows in the order that the reader wants. */
export function sortedBy<T>(rows: T[], columns: Column<T>[], { column, descending }: Sorting): T[] {
  const value = columns.find(({ title }) => title === column)?.value;
  if (!value) return rows;
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(value(a), value(b)));
}

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""), "en");
}

export const formats = ["csv", "json"] as const;

/** A table as a file. */
export function fileOf<T>(rows: T[], columns: Column<T>[], format: (typeof formats)[number]): string {
  const table = rows.map(row => columns.map(({ title, value }) => [title, value(row)] as const));
  if (format === "json")
    return `${JSON.stringify(
      table.map(row => Object.fromEntries(row)),
      null,
      2,
    )}\n`;
  return lines(rows, columns, ",", cell);
}

/** A table as it is pasted into a sheet. */
export function textOf<T>(rows: T[], columns: Column<T>[]): string {
  return lines(rows, columns, "\t", value => value.replace(/\s+/g, " "));
}

function lines<T>(
  rows: T[],
  columns: Column<T>[],
  between: string,
  write: (value: string) => string,
): string {
  const head = columns.map(({ title }) => write(title));
  const body = rows.map(row => columns.map(({ value }) => write(String(value(row) ?? ""))));
  return [head, ...body].map(line => `${line.join(between)}\n`).join("");
}

/** Quoted where it has to be; what a sheet would take for a formula is not one. */
function cell(value: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
