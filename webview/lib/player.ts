import { useEffect, useRef, useState } from "preact/hooks";
import type { Axis } from "./axis.ts";

/** A playhead that moves along the axis. */
export interface Player {
  place: number;
  playing: boolean;
  toggle(): void;
  /** Goes to a place, as a person who drags it there does. */
  seek(place: number): void;
  /** Shows where the reader went by other means. */
  show(place: number): void;
}

/** Plays a session at `speed`; `onReach` is told of each place that is reached. */
export function usePlayer(
  axis: Axis,
  start: number,
  speed: number,
  onReach: (place: number) => void,
): Player {
  const [place, setPlace] = useState(start);
  const [playing, setPlaying] = useState(false);
  const now = useRef({ place, speed, axis, onReach });
  Object.assign(now.current, { speed, axis, onReach });

  const go = (to: number) => {
    const place = Math.min(Math.max(0, to), now.current.axis.length);
    now.current.place = place;
    setPlace(place);
    return place;
  };
  useEffect(() => {
    if (!playing) return;
    let before = performance.now();
    let frame = requestAnimationFrame(function play(time) {
      const place = go(now.current.place + (time - before) * now.current.speed);
      before = time;
      now.current.onReach(place);
      if (place >= now.current.axis.length) setPlaying(false);
      else frame = requestAnimationFrame(play);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);
  return {
    ...{ place, playing, show: go },
    toggle: () => {
      if (!playing && now.current.place >= axis.length) go(0);
      setPlaying(!playing);
    },
    seek: to => onReach(go(to)),
  };
}
