import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { billHost } from "../../host.ts";
import { type Column, fileOf, formats, type Sorting, sortedBy, textOf } from "../../lib/bill/table.ts";
import { IconButton } from "./icon-button.tsx";

interface TableProps<T> {
  title: string;
  aside?: JSX.Element | string | undefined;
  rows: T[];
  columns: Column<T>[];
  id: (row: T) => string;
  first: Sorting;
  /** The row that the rest of the page shows only. */
  chosen?: string | undefined;
  empty: string;
}

/** Longer tables are shown whole when asked for. */
const AT_FIRST = 12;

/** A table that sorts, is copied and saved. */
export function Table<T>(props: TableProps<T>): JSX.Element {
  const { title, aside, rows, columns, id, chosen, empty } = props;
  const [sorting, setSorting] = useState(props.first);
  const [all, setAll] = useState(false);
  const sorted = sortedBy(rows, columns, sorting);
  const shown = all ? sorted : sorted.slice(0, AT_FIRST);
  return (
    <>
      <header>
        <h2>{title}</h2>
        <span class="aside">{aside}</span>
        {rows.length > 0 && <Takeaway name={title} rows={sorted} columns={columns} />}
      </header>
      {rows.length === 0 ? (
        <p class="aside">{empty}</p>
      ) : (
        <table class="list" aria-label={title}>
          <Head columns={columns} sorting={sorting} onSort={setSorting} />
          <tbody>
            {shown.map(row => (
              <tr key={id(row)} class={chosen === id(row) ? "chosen" : undefined}>
                {columns.map(column => (
                  <td key={column.title} class={classOf(column)}>
                    {column.draw(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sorted.length > AT_FIRST && (
        <button type="button" class="link rest" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${sorted.length.toLocaleString("en")}`}
        </button>
      )}
    </>
  );
}

function classOf<T>({ left, wide }: Column<T>): string {
  return [left ? "left" : "", wide ? "wide" : ""].join(" ").trim();
}

interface HeadProps<T> {
  columns: Column<T>[];
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

function Head<T>({ columns, sorting, onSort }: HeadProps<T>): JSX.Element {
  return (
    <thead>
      <tr>
        {columns.map(column => {
          const isSorted = sorting.column === column.title;
          const descending = isSorted ? !sorting.descending : !column.left;
          const order = sorting.descending ? "descending" : "ascending";
          return (
            <th key={column.title} scope="col" class={classOf(column)} aria-sort={isSorted ? order : "none"}>
              <button type="button" onClick={() => onSort({ column: column.title, descending })}>
                {column.title}
                {isSorted && <span aria-hidden="true">{sorting.descending ? " ↓" : " ↑"}</span>}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface TakeawayProps<T> {
  name: string;
  rows: T[];
  columns: Column<T>[];
}

/** A table to be taken elsewhere. */
export function Takeaway<T>({ name, rows, columns }: TakeawayProps<T>): JSX.Element {
  const file = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return (
    <span class="takeaway">
      <IconButton
        icon="copy"
        label={`Copy ${name}`}
        onPress={() => void billHost.copy(textOf(rows, columns))}
      />
      {formats.map(format => (
        <button
          type="button"
          key={format}
          class="link"
          title={`Save ${name} as ${format.toUpperCase()}`}
          onClick={() => void billHost.save(`${file}.${format}`, fileOf(rows, columns, format))}
        >
          {format.toUpperCase()}
        </button>
      ))}
    </span>
  );
}
