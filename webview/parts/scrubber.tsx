import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { count, duration } from "../../extension/base/format.ts";
import type { Axis } from "../lib/axis.ts";
import { barsOf, marksOf } from "../lib/density.ts";
import { useLater } from "../lib/later.ts";
import { type Player, usePlayer } from "../lib/player.ts";
import type { Story } from "../lib/story.ts";
import { since } from "../lib/words.ts";
import { Icon } from "./icon.tsx";

const SPEEDS = [0.5, 1, 2, 4, 8, 16];

interface ScrubberProps {
  story: Story;
  axis: Axis;
  /** Where the playhead is to stand at first. */
  start: number;
  speed: number;
  /** Told of each place that is played or dragged to. */
  onReach: (place: number) => void;
  handle: (player: Player) => void;
  onSpeed: (speed: number) => void;
  onStep: (by: 1 | -1) => void;
}

/** The whole session on one line, to play it and to go to any moment of it. */
export function Scrubber(props: ScrubberProps): JSX.Element {
  const { story, axis, speed, onSpeed, onStep } = props;
  const player = usePlayer(axis, props.start, speed, props.onReach);
  props.handle(player);
  const { startedAt } = story.session;
  const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
  const end = since(axis.toTime(axis.length) - startedAt);
  return (
    <section class="player" aria-label="Player">
      <button
        type="button"
        class="round"
        aria-label="Step back"
        title="Step back (k)"
        onClick={() => onStep(-1)}
      >
        <Icon name="debug-step-back" />
      </button>
      <button
        type="button"
        class="play"
        aria-label={player.playing ? "Pause" : "Play"}
        title={`${player.playing ? "Pause" : "Play"} (space)`}
        onClick={player.toggle}
      >
        <Icon name={player.playing ? "debug-pause" : "play"} />
      </button>
      <button type="button" class="round" aria-label="Step on" title="Step on (j)" onClick={() => onStep(1)}>
        <Icon name="debug-step-over" />
      </button>
      <span class="clock">
        {since(axis.toTime(player.place) - startedAt)} <span class="aside">/ {end}</span>
      </span>
      <Track {...{ story, axis, player }} />
      <button
        type="button"
        class="chip"
        aria-label={`${speed}x speed`}
        title="Speed"
        onClick={() => onSpeed(next)}
      >
        {speed}x
      </button>
      {axis.folds.length > 0 && (
        <span class="aside folded" title={`${count(axis.folds.length, "pause")} drawn short`}>
          idle folded
        </span>
      )}
    </section>
  );
}

interface TrackProps {
  story: Story;
  axis: Axis;
  player: Player;
}

function Track({ story, axis, player }: TrackProps): JSX.Element {
  const track = useRef<HTMLDivElement>(null);
  const seek = ({ clientX }: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (box && box.width > 0) player.seek(((clientX - box.left) / box.width) * axis.length);
  };
  const keys = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[
      event.key
    ];
    const place = event.key === "Home" ? 0 : event.key === "End" ? axis.length : undefined;
    if (by === undefined && place === undefined) return;
    event.preventDefault();
    player.seek(place ?? player.place + ((by ?? 0) * axis.length) / 100);
  };
  const { startedAt } = story.session;
  return (
    <div
      class="track"
      ref={track}
      role="slider"
      tabIndex={0}
      aria-label="Time"
      aria-valuemin={0}
      aria-valuemax={Math.round(axis.length / 1000)}
      aria-valuenow={Math.round(player.place / 1000)}
      aria-valuetext={`${since(axis.toTime(player.place) - startedAt)} of the session`}
      onKeyDown={keys}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={event => event.buttons === 1 && seek(event)}
    >
      <Picture {...{ story, axis }} />
      <div class="ahead" style={{ left: `${percent(player.place, axis)}%` }} />
      <div class="playhead" style={{ left: `${percent(player.place, axis)}%` }} />
    </div>
  );
}

function percent(place: number, axis: Axis): number {
  return (100 * place) / axis.length;
}

/** What does not change while it plays. */
function Picture({ story, axis }: Omit<TrackProps, "player">): JSX.Element | null {
  const picture = useLater(() => {
    const bars = barsOf(story.steps, axis);
    return (
      <>
        <svg class="density" preserveAspectRatio="none" viewBox={`0 0 ${bars.length} 1`} aria-hidden="true">
          {bars.map(({ kind, share }, i) =>
            share === 0 ? null : (
              <rect key={i} class={kind} x={i + 0.15} width={0.7} y={1 - share} height={share} />
            ),
          )}
        </svg>
        {axis.folds.map(({ at, silence }) => (
          <span
            key={at}
            class="fold"
            title={`${duration(silence)} without a step`}
            style={{ left: `${percent(at, axis)}%` }}
          />
        ))}
        {marksOf(story, axis).map(({ kind, place, label, title }, i) => (
          <span key={i} class={`mark ${kind}`} title={title} style={{ left: `${percent(place, axis)}%` }}>
            {label}
          </span>
        ))}
      </>
    );
  }, [story, axis]);
  return picture ?? null;
}
