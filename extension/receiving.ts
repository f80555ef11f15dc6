import { reason } from "./base/expected-error.ts";
import { count } from "./base/format.ts";
import type { Lifetime } from "./base/lifetime.ts";
import type { Mailbox } from "./base/mailbox.ts";
import { every } from "./base/timers.ts";
import { DEAD_LETTERS, type DeadLetters } from "./capture/dead-letters.ts";
import { Inbox } from "./capture/inbox.ts";
import type { Batch } from "./capture/otlp/model.ts";
import { eventOfHook, eventOfProgram, eventOfRecord } from "./clean/facts-of-event.ts";
import type { NoteTerms } from "./clean/hook.ts";
import type { Events } from "./db/events.ts";
import { quietly } from "./db/trouble.ts";
import type { ProgramEvent } from "./questions.ts";
import type { Recorder } from "./recording.ts";

/** Takes in what hooks, telemetry and programs say, without its words: it is safe on the disk when a promise resolves. */
export function receiver(mailbox: Mailbox, terms: NoteTerms) {
  return {
    receive: (hook: unknown) => mailbox.put(eventOfHook(hook, Date.now(), terms)),
    /** What metrics and spans of Claude Code tell, its log records tell better. */
    receiveTelemetry: async (batch: Batch) => {
      if (batch.signal !== "logs") return;
      const events = batch.records.map(eventOfRecord).filter(event => event !== undefined);
      await Promise.all(events.map(event => mailbox.put(event)));
    },
    receiveEvents: async (events: ProgramEvent[]) => {
      await Promise.all(events.map(event => mailbox.put(eventOfProgram(event))));
    },
  };
}

/** Takes up the events in the inbox, and tries those again that could not be stored. */
export function readEvents(
  { home, hints, notes, mailbox }: Recorder,
  reading: Lifetime,
  events: Events,
  dead: DeadLetters,
  settle: () => void,
): void {
  const changed = (sessions: Set<string>) => {
    for (const session of sessions) hints.fire({ kind: "session", session });
  };
  const tellDead = () =>
    notes.set(
      "Some events could not be stored",
      dead.count > 0
        ? `${count(dead.count, "event")} in ${DEAD_LETTERS}. Replay them after an update.`
        : undefined,
    );
  const inbox = reading.add(
    new Inbox(home, {
      take: lines => changed(events.take(lines)),
      settle: async () => {
        await mailbox.seal();
        settle();
      },
      done: error => notes.set("Events have to wait", error === undefined ? undefined : reason(error)),
    }),
  );
  const retry = () => {
    const due = events.nextDue();
    if (due === undefined || due > Date.now()) return;
    try {
      changed(events.retry(Date.now(), letters => dead.add(letters)));
    } catch (error) {
      notes.set("Events have to wait", reason(error)); // in their table, and are tried again
    }
    tellDead();
  };
  reading.add(every(1000, quietly(retry)));
  reading.add(mailbox.arrived.on(() => inbox.look()));
  tellDead();
  void inbox.open().catch(error => notes.set("Events have to wait", reason(error)));
}
