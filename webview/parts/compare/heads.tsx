import type { JSX } from "preact";
import { baseName, brief, moment, oneLine } from "../../../extension/base/format.ts";
import type { Side } from "../../../extension/pages.ts";
import { harmless } from "../../lib/harmless.ts";
import { Door } from "./door.tsx";

/** A head names its column; what was asked stands whole among the prompts. */
const LONG = 60;

/** The first three heads of a table's columns: nothing above the names of the rows, and the two sides. */
export function Heads({ sides }: { sides: [Side, Side] }): JSX.Element {
  return (
    <>
      <td class="corner" />
      {sides.map((side, i) => (
        <th key={i === 0 ? "first" : "second"} scope="col">
          <Door side={side} at={side.prompt ?? null}>
            {harmless(oneLine((side.prompt !== undefined && side.prompts[0]?.text) || side.title, LONG))}
          </Door>
          <span class="aside">
            {harmless(
              brief(
                side.prompt !== undefined && side.title,
                baseName(side.project),
                moment(side.startedAt, Date.now()),
              ),
            )}
          </span>
        </th>
      ))}
    </>
  );
}
