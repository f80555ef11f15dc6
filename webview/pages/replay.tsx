import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { baseName, count, duration } from "../../extension/base/format.ts";
import type { Session } from "../../extension/protocol.ts";
import { host, remember } from "../host.ts";
import { Chapter } from "../parts/chapter.tsx";
import { Busy, Button } from "../parts/control.tsx";
import { Outline } from "../parts/outline.tsx";
import { useAnswer } from "../state.ts";

/** A session from its first prompt to its last step. */
export function ReplayPage(): JSX.Element {
  const [answer, retry] = useAnswer(() => host.session());
  useEffect(() => void host.sessionId().then(session => remember({ session })), []);
  switch (answer.kind) {
    case "loading":
      return <Busy label="Reading the session" />;
    case "failed":
      return (
        <main class="message">
          <p role="alert">{answer.why}</p>
          <Button onPress={retry}>Try Again</Button>
        </main>
      );
    case "loaded":
      return <Replay session={answer.value} />;
  }
}

function Replay({ session }: { session: Session }): JSX.Element {
  return (
    <>
      <Header session={session} />
      <div class="columns">
        <Outline prompts={session.prompts} />
        <main>
          {session.prompts.map((prompt, i) => (
            <Chapter key={prompt.id} prompt={prompt} number={i + 1} start={session.startedAt} />
          ))}
        </main>
      </div>
    </>
  );
}

function Header({ session }: { session: Session }): JSX.Element {
  return (
    <header class="session">
      <h1>{session.title}</h1>
      <p>
        <b>{duration(session.endedAt - session.startedAt)}</b>
        <span>{count(session.prompts.length, "prompt")}</span>
        <span>{count(session.toolCalls, "step")}</span>
        {session.errors > 0 && <span class="failed">{session.errors} failed</span>}
        <span class="aside">{baseName(session.project)}</span>
      </p>
      <Button onPress={() => void host.openTranscript()}>Open Transcript</Button>
    </header>
  );
}
