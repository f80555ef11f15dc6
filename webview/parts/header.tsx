import type { ComponentChildren, JSX } from "preact";
import { baseName, cents, count, duration, short } from "../../extension/base/format.ts";
import { timesOf } from "../../extension/base/steps.ts";
import type { EditorHost } from "../../extension/pages.ts";
import type { Session, SessionStatus, Tokens } from "../../extension/protocol.ts";
import { editor } from "../host.ts";
import type { Chosen, Counts } from "../lib/filter.ts";
import type { Story } from "../lib/story.ts";
import { modelName } from "../lib/words.ts";
import { IconButton } from "./control.tsx";
import { Icon } from "./icon.tsx";
import { Lines } from "./lines.tsx";
import { Link } from "./link.tsx";

interface HeaderProps {
  story: Story;
  counts: Counts;
  follows: boolean;
  onFollow: () => void;
  onChoose: (chosen: Chosen) => void;
  onWaterfall: () => void;
  onHelp: () => void;
}

/** What the session is, how it does, and what it came to. */
export function Header(props: HeaderProps): JSX.Element {
  const { session } = props.story;
  return (
    <header class="session">
      <div class="title">
        <State session={session} />
        <div class="actions">
          {editor && <InEditor {...props} editor={editor} />}
          <IconButton icon="keyboard" label="Keys of this page" onPress={props.onHelp} />
        </div>
      </div>
      <Figures {...props} />
      {session.status === "asking" && (
        <p class="banner" role="status">
          <Icon name="bell-dot" /> Waiting for you: it asks to use {session.asks ?? "a tool"}.
        </p>
      )}
    </header>
  );
}

/** What the editor shows of the session. */
function InEditor({ editor, story, follows, onFollow }: HeaderProps & { editor: EditorHost }): JSX.Element {
  return (
    <>
      <button
        type="button"
        class="follow"
        aria-label="Follow in editor"
        title="Shows there the file of each step that you go to, and here the steps of the file that you go to there"
        aria-pressed={follows}
        onClick={onFollow}
      >
        <Icon name="arrow-both" /> <span>Follow in editor</span>
      </button>
      {story.session.files.length > 0 && (
        <IconButton icon="diff" label="Open all changes" onPress={() => void editor.openChanges()} />
      )}
      <IconButton icon="go-to-file" label="Open transcript" onPress={() => void editor.openTranscript()} />
    </>
  );
}

const STATES: Record<SessionStatus, [icon: string, words: string]> = {
  running: ["loading", "at work"],
  asking: ["bell-dot", "waiting for you"],
  waiting: ["comment-discussion", "your turn"],
  idle: ["clock", "idle"],
  done: ["pass", "ended"],
  failed: ["error", "failed"],
  interrupted: ["circle-slash", "interrupted"],
  lost: ["question", "not heard of"],
};

function State({ session }: { session: Session }): JSX.Element {
  const [icon, words] = STATES[session.status];
  const commits = session.commits.length;
  return (
    <>
      <span class={`state ${session.status}`}>
        <Icon name={icon} />
      </span>
      <h1>{session.title}</h1>
      <span class={`chip ${session.status}`}>
        {words}
        {commits > 0 && `, ${count(commits, "commit")}`}
      </span>
    </>
  );
}

function Figures({ story, counts, onChoose, onWaterfall }: HeaderProps): JSX.Element {
  const { session, solved } = story;
  const { active, waiting } = timesOf(session);
  const place = [...session.models.map(modelName), baseName(session.project), session.branch].filter(Boolean);
  return (
    <div class="figures">
      <Figure title={costTitle(session)} number={cents(session.costUsd)} />
      <Figure number={duration(active)} onPress={onWaterfall} title="Show who waited for whom">
        {waiting > 60_000 && ` · ${duration(waiting)} waiting for you`}
      </Figure>
      <Figure
        title={tokensTitle(session.tokens)}
        number={short(inputOf(session.tokens) + session.tokens.output)}
      >
        {" tokens"}
        {cacheShare(session.tokens)}
      </Figure>
      {session.files.length > 0 && (
        <Figure
          number={count(session.files.length, "file")}
          onPress={() => onChoose("edits")}
          title={session.files.map(file => file.path).join("\n")}
        >
          <Lines added={session.linesAdded} removed={session.linesRemoved} />
        </Figure>
      )}
      {counts.errors > 0 && (
        <Figure
          number={count(counts.errors, "error")}
          onPress={() => onChoose("errors")}
          title="Show them only"
        >
          {solved.size > 0 && `, ${solved.size} solved`}
        </Figure>
      )}
      {session.subagents.length > 0 && (
        <Figure
          number={count(session.subagents.length, "sub-agent")}
          onPress={() => onChoose("agents")}
          title="Show them only"
        />
      )}
      {session.commits.length > 0 && (
        <Figure
          number={count(session.commits.length, "commit")}
          onPress={() => onChoose("commits")}
          title="Show where they were made"
        />
      )}
      <span class="aside place">{place.join(" · ")}</span>
    </div>
  );
}

interface FigureProps {
  number: string;
  title: string;
  onPress?: () => void;
  children?: ComponentChildren;
}

/** A number, and what it counts; most are doors to it. */
function Figure({ number, title, onPress, children }: FigureProps): JSX.Element {
  const said = (
    <>
      <b>{number}</b>
      {children && <span class="aside">{children}</span>}
    </>
  );
  if (!onPress) return <span title={title}>{said}</span>;
  return (
    <Link onPress={onPress} title={title} class="figure">
      {said}
    </Link>
  );
}

function inputOf({ input, cacheRead, cacheWrite5m, cacheWrite1h }: Tokens): number {
  return input + cacheRead + cacheWrite5m + cacheWrite1h;
}

function cacheShare(tokens: Tokens): string {
  const all = inputOf(tokens);
  return all > 0 ? ` · ${Math.round((100 * tokens.cacheRead) / all)} % cached` : "";
}

function tokensTitle({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Tokens): string {
  return [
    `Input ${input.toLocaleString("en")}`,
    `Read from the cache ${cacheRead.toLocaleString("en")}`,
    `Written to the cache ${(cacheWrite5m + cacheWrite1h).toLocaleString("en")}`,
    `Output ${output.toLocaleString("en")}`,
  ].join("\n");
}

function costTitle({ unattributedUsd, unpricedModels }: Session): string {
  return [
    "What the models took, at their list prices",
    unattributedUsd > 0 &&
      `The client says ${cents(unattributedUsd)} more, for its own work such as to compact`,
    unpricedModels.length > 0 && `Without ${unpricedModels.join(", ")}, whose price is not known`,
  ]
    .filter(Boolean)
    .join("\n");
}
