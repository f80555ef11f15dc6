import { type JSX, render } from "preact";
import { useState } from "preact/hooks";
import { count, oneLine } from "../../extension/base/format.ts";
import { harmless } from "../lib/harmless.ts";
import { ReplayPage } from "../pages/replay.tsx";
import { embedded, show } from "./host.ts";
import "../styles/page.css";
import "../styles/header.css";
import "../styles/outline.css";
import "../styles/rows.css";
import "../styles/cards.css";
import "../styles/code.css";
import "../styles/ansi.css";
import "../styles/player.css";
import "../styles/waterfall.css";
import "./style.css";

/** The replay of the file's sessions, one at a time. */
function FilePage(): JSX.Element {
  const [index, setIndex] = useState(0);
  const shown = embedded[index];
  if (!shown) return <p class="message">There is no session in this file.</p>;
  show(shown);
  document.title = `${titleOf(shown.session.title)} · Agent Trace`;
  return (
    <>
      <p class="file aside">
        <b>Agent Trace</b>
        {embedded.length > 1 && (
          <select aria-label="Session" onChange={event => setIndex(event.currentTarget.selectedIndex)}>
            {embedded.map(({ session }) => (
              <option key={session.id}>{titleOf(session.title)}</option>
            ))}
          </select>
        )}
        <span>
          {shown.leftOut > 0
            ? `Secrets and pictures are taken out, and for its size what was said in ${count(shown.leftOut, "step")}.`
            : "Secrets and pictures are taken out."}
        </span>
      </p>
      <ReplayPage key={shown.session.id} />
    </>
  );
}

function titleOf(title: string): string {
  return oneLine(harmless(title), 100);
}

document.body.replaceChildren();
render(<FilePage />, document.body);
