import type { JSX } from "preact";
import type { Side } from "../../../extension/pages.ts";
import { SAME } from "../../lib/compare/difference.ts";
import type { Cell, Row } from "../../lib/compare/row.ts";
import { Icon } from "../icon.tsx";
import { Door } from "./door.tsx";
import { Heads } from "./heads.tsx";

interface DifferencesProps {
  title: string;
  sides: [Side, Side];
  rows: Row[];
}

/** What each side came to, line by line, with the difference in words. */
export function Differences({ title, sides, rows }: DifferencesProps): JSX.Element {
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <Heads sides={sides} />
          <th scope="col">In the second</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <Came side={sides[0]} cell={row.cells[0]} better={row.better === 0} />
            <Came side={sides[1]} cell={row.cells[1]} better={row.better === 1} />
            <td class={row.difference === SAME ? "difference aside" : "difference"}>{row.difference}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What one side came to; a picture says what the colour says. */
function Came({ side, cell, better }: { side: Side; cell: Cell; better: boolean }): JSX.Element {
  return (
    <td class={better ? "better" : undefined}>
      <Door side={side} at={cell.at}>
        {cell.text}
      </Door>
      {better && (
        <span class="mark" role="img" aria-label="better" title="Less, and nothing else is worse">
          <Icon name="check" />
        </span>
      )}
      {cell.aside && <span class="aside">{cell.aside}</span>}
    </td>
  );
}
