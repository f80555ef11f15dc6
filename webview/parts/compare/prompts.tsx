import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { cents } from "../../../extension/base/format.ts";
import type { Side } from "../../../extension/pages.ts";
import { harmless } from "../../lib/harmless.ts";
import { Link } from "../link.tsx";
import { Door } from "./door.tsx";
import { Heads } from "./heads.tsx";

/** More are shown when asked for. */
const AT_FIRST = 20;

/** What was asked in both, beside each other. */
export function Prompts({ sides }: { sides: [Side, Side] }): JSX.Element {
  const [all, setAll] = useState(false);
  const most = Math.max(...sides.map(({ prompts }) => prompts.length));
  const shown = all ? most : Math.min(most, AT_FIRST);
  return (
    <>
      <table class="prompts">
        <caption>Prompts</caption>
        <thead>
          <tr>
            <Heads sides={sides} />
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: shown }, (_, i) => (
            <tr key={sides[0].prompts[i]?.id ?? sides[1].prompts[i]?.id}>
              <th scope="row">{i + 1}</th>
              <Asked side={sides[0]} prompt={sides[0].prompts[i]} />
              <Asked side={sides[1]} prompt={sides[1].prompts[i]} />
            </tr>
          ))}
        </tbody>
      </table>
      {most > AT_FIRST && (
        <Link class="rest" expanded={all} onPress={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${most.toLocaleString("en")}`}
        </Link>
      )}
    </>
  );
}

function Asked({ side, prompt }: { side: Side; prompt: Side["prompts"][number] | undefined }): JSX.Element {
  if (!prompt) return <td class="aside">–</td>;
  return (
    <td>
      <Door side={side} at={prompt.id}>
        {harmless(prompt.text) || "(nothing was written)"}
      </Door>
      {prompt.costUsd > 0 && <span class="aside">{cents(prompt.costUsd)}</span>}
    </td>
  );
}
