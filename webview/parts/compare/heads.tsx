import type { JSX } from "preact";
import { baseName, brief, moment } from "../../../extension/base/format.ts";
import type { Side } from "../../../extension/pages.ts";
import { harmless } from "../../lib/harmless.ts";
import { Door } from "./door.tsx";

/** The first three heads of a table's columns: nothing above the names of the rows, and the two sides. */
export function Heads({ sides }: { sides: [Side, Side] }): JSX.Element {
  return (
    <>
      <td class="corner" />
      {sides.map((side, i) => (
        <th key={i === 0 ? "first" : "second"} scope="col">
          <Door side={side} at={side.prompt ?? null}>
            {harmless((side.prompt !== undefined && side.prompts[0]?.text) || side.title)}
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
