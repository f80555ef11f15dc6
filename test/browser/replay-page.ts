import type { Browser } from "playwright-core";
import { growthOf } from "../../extension/base/growth.ts";
import type { Session, StepContent } from "../../extension/protocol.ts";
import { type Answers, type Look, openPage } from "./page.ts";

/** What the page is shown: a session and what was said in its steps. */
export interface Shown {
  session: Session;
  content(step: string): Promise<StepContent> | StepContent;
}

interface ReplayLook extends Look {
  /** The step or prompt that it is opened at. */
  wanted?: string;
}

/** The replay of a session. */
export function openReplay(browser: Browser, shown: Shown, look: ReplayLook = {}) {
  let [sent, version]: [Session | undefined, number] = [undefined, 0];
  const answers: Answers = {
    sessionId: () => shown.session.id,
    wanted: () => look.wanted ?? null,
    session: (holds: number | undefined) => {
      const growth = growthOf(holds === version ? sent : undefined, shown.session, ++version);
      sent = structuredClone(shown.session);
      return growth;
    },
    content: (step: string) => shown.content(step),
  };
  return openPage(browser, "replay", answers, look);
}
