import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { baseName } from "../../extension/base/format.ts";
import type { OpenFile } from "../../extension/pages.ts";
import type { Session } from "../../extension/protocol.ts";
import { cardHeight } from "../cards/card.tsx";
import { host, remember } from "../host.ts";
import { axisOf } from "../lib/axis.ts";
import { type Chosen, countsOf, NO_FILTER } from "../lib/filter.ts";
import { spanOf } from "../lib/kind.ts";
import { type Row, rowsOf } from "../lib/rows.ts";
import { type Story, storyOf, touching } from "../lib/story.ts";
import { timeOf } from "../lib/walk.ts";
import { waterfallOf } from "../lib/waterfall.ts";
import { useOpenFile } from "../open-file.ts";
import { Answered } from "../parts/answered.tsx";
import { Button } from "../parts/control.tsx";
import { Header } from "../parts/header.tsx";
import { Help } from "../parts/help.tsx";
import { List } from "../parts/list.tsx";
import { Outline } from "../parts/outline.tsx";
import { PromptRow } from "../parts/prompt-row.tsx";
import { RunRow } from "../parts/run-row.tsx";
import { Scrubber } from "../parts/scrubber.tsx";
import { StepRow } from "../parts/step-row.tsx";
import { Toolbar } from "../parts/toolbar.tsx";
import { useReader } from "../reader.ts";
import { useSession, useView } from "../state.ts";

/** A session from its first prompt to its last step. */
export function ReplayPage(): JSX.Element {
  const [answer, retry] = useSession();
  useEffect(() => void host.sessionId().then(session => remember({ session })), []);
  return (
    <Answered answer={answer} busy="Reading the session" retry={retry}>
      {session => <Replay session={session} />}
    </Answered>
  );
}

function Replay({ session }: { session: Session }): JSX.Element {
  const [view, change] = useView();
  const [helps, setHelps] = useState(false);
  const [outlined, setOutlined] = useState(false);
  const whole = useMemo(() => storyOf(session), [session]);
  const file = useOpenFile(view.follows, file => reader.point(file));
  const touched = JSON.stringify(file && [file.path, file.changedBy]);
  const story = useMemo(() => withOpen(whole, file), [whole, touched]);
  const counts = useMemo(() => countsOf(story), [story]);
  const flat = view.shape === "waterfall";
  const rows = useMemo(
    () => rowsOf(story, view.filter, view.opened, flat),
    [story, view.filter, view.opened, flat],
  );
  const axis = useMemo(() => axisOf(story.steps, session.startedAt, endOf(story)), [story]);
  const current = rows.find(row => row.id === view.current);
  const at = current && timeOf(current);
  const reader = useReader({ story, rows, axis, view, change, setHelps });
  const choose = (chosen: Chosen) => change({ filter: { ...view.filter, chosen } });
  const follow = () => change({ follows: !view.follows });
  const go = useCallback((id: string) => {
    setOutlined(false);
    reader.go(id);
  }, []);
  const waterfall = () => change({ shape: "waterfall" });
  return (
    <div class={outlined ? "page outlined" : "page"}>
      <Header
        {...{ story, counts, follows: view.follows }}
        onFollow={follow}
        onChoose={choose}
        onWaterfall={waterfall}
        onHelp={() => setHelps(true)}
      />
      <Outline {...{ story, at }} here={reader.here} onGo={go} />
      <main>
        <Toolbar
          {...{ counts, filter: view.filter, shape: view.shape }}
          open={story.open && baseName(story.open.path)}
          onFilter={filter => change({ filter })}
          onShape={shape => change({ shape })}
          outlined={outlined}
          onOutline={() => setOutlined(!outlined)}
        />
        {rows.length === 0 ? (
          <Nothing story={story} onClear={() => change({ filter: NO_FILTER })} />
        ) : (
          <Steps {...{ story, rows, reader, flat, current: view.current, top: view.top }} />
        )}
      </main>
      <Scrubber
        {...{ story, axis, speed: view.speed, start: reader.start }}
        onReach={reader.reach}
        handle={reader.takePlayer}
        onSpeed={speed => change({ speed })}
        onStep={by => reader.act({ to: "step", by })}
      />
      {helps && <Help onClose={() => setHelps(false)} />}
    </div>
  );
}

function withOpen(story: Story, file: OpenFile | null): Story {
  const steps = file ? touching(story, file).map(({ id }) => id) : [];
  return file && steps.length > 0 ? { ...story, open: { path: file.path, steps: new Set(steps) } } : story;
}

function endOf({ session, steps }: Story): number {
  const last = steps.at(-1);
  return Math.max(session.endedAt, last ? spanOf(last).to : 0);
}

interface StepsProps {
  story: Story;
  rows: Row[];
  reader: ReturnType<typeof useReader>;
  flat: boolean;
  current: string | null;
  top: { id: string; offset: number } | null;
}

function Steps({ story, rows, reader, flat, current, top }: StepsProps): JSX.Element {
  const falls = useMemo(() => (flat ? waterfallOf(story) : undefined), [story, flat]);
  const draw = (row: Row) => {
    const props = { story, current: row.id === current, onToggle: reader.toggle };
    if (row.kind === "prompt")
      return <PromptRow {...row} current={props.current} waited={falls?.waits.get(row.prompt)} />;
    if (row.kind === "run") return <RunRow row={row} {...props} />;
    return <StepRow row={row} {...props} bar={falls?.bars.get(row.id)} />;
  };
  return (
    <div class={flat ? "waterfall" : "timeline"}>
      <List {...{ rows, draw, top, expect }} label="Steps" handle={reader.takeList} onTop={reader.see} />
    </div>
  );
}

/** How high a row will be, roughly. */
function expect(row: Row): number {
  if (row.kind === "prompt") return 76;
  return row.kind === "step" && row.open ? LINE + cardHeight(row.step) : LINE;
}

const LINE = 26;

function Nothing({ story, onClear }: { story: Story; onClear: () => void }): JSX.Element {
  if (story.steps.length === 0 && story.session.prompts.length === 0)
    return <p class="message">Nothing happened in this session yet. What happens appears here by itself.</p>;
  return (
    <div class="message">
      <p role="status">No step is like that.</p>
      <Button onPress={onClear}>Clear the Filter</Button>
    </div>
  );
}
