import type { Color, Paint } from "./paint.ts";
import { padded, shown, widthOf } from "./width.ts";

/** A column: its name, and what a row has in it. */
export interface Column<Row> {
  name: string;
  of(row: Row): string;
  /** Numbers stand at the right. */
  right?: true;
  color?(row: Row): Color | undefined;
  /** It gives way where there is not room for all. */
  yields?: true;
}

const BETWEEN = 2;

/** Rows below the names of their columns, none wider than the screen. */
export function table<Row>(columns: Column<Row>[], rows: Row[], width: number, paint: Paint): string[] {
  const cells = rows.map(row => columns.map(column => shown(column.of(row))));
  const widths = columns.map(({ name }, i) =>
    Math.max(widthOf(name), ...cells.map(row => widthOf(row[i] ?? ""))),
  );
  const over = widths.reduce((sum, width) => sum + width + BETWEEN, -BETWEEN) - width;
  const yielding = columns.findIndex(column => column.yields);
  if (over > 0 && yielding >= 0) widths[yielding] = Math.max(8, (widths[yielding] ?? 0) - over);
  const lineOf = (texts: string[], colorOf: (i: number) => Color | undefined) =>
    texts
      .map((text, i) => paint(colorOf(i), padded(text, widths[i] ?? 0, columns[i]?.right ? "right" : "left")))
      .join(" ".repeat(BETWEEN))
      .trimEnd();
  const head = lineOf(
    columns.map(({ name }) => name),
    () => "dim",
  );
  return [head, ...rows.map((row, r) => lineOf(cells[r] ?? [], i => columns[i]?.color?.(row)))];
}
