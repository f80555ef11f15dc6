import { growthOf } from "../../extension/base/growth.ts";
import type { Embedded } from "../../extension/pages.ts";
import type * as panel from "../host.ts";

/** All sessions of this file. */
export const embedded = [...document.querySelectorAll('script[type="application/json"]')].map(
  script => JSON.parse(script.textContent ?? "") as Embedded,
);

let shown = embedded[0];

/** The session that is asked about from now on. */
export function show(session: Embedded): void {
  shown = session;
}

/** Answers from the file what the extension answers in a panel. */
export const host: typeof panel.host = {
  sessionId: async () => now().session.id,
  session: async () => growthOf(undefined, now().session, 1),
  content: async step => {
    const said = now().said[step];
    if (!said) throw new Error("What was said here is not in this file.");
    return said;
  },
  wanted: async () => null,
};

function now(): Embedded {
  if (!shown) throw new Error("There is no session in this file.");
  return shown;
}

export const editor: typeof panel.editor = undefined;

// Nothing changes in a file, nobody else wants to see a step, and it is opened anew each time.
const never = () => () => {};
export const onChanged: typeof panel.onChanged = never;
export const onWanted: typeof panel.onWanted = never;
export const onMoved: typeof panel.onMoved = never;
export const remembered: typeof panel.remembered = () => ({});
export const remember: typeof panel.remember = () => {};
