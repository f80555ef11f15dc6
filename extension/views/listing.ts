import { workspace } from "vscode";
import { reason } from "../base/expected-error.ts";
import type { Owner } from "../base/owner.ts";
import type { Place, RecorderState } from "../job.ts";
import type { SessionRow } from "../protocol.ts";
import type { SessionsSort, SessionsWanted } from "../questions.ts";
import type { Arrangement } from "./arrangement.ts";
import { readFilter } from "./filter.ts";

/** What the view shows. */
export interface Answer {
  place: Place;
  state?: RecorderState;
  sessions: SessionRow[];
  /** There are more than were asked for. */
  more: boolean;
  problem?: string;
}

/** A page is more than anybody reads, and few enough to be drawn at once. */
const PAGE = 200;

/** Asks the owner for what the view shows: as it is arranged, and as much of it as the user wanted to see. */
export class Listing {
  readonly #owner: Owner;
  readonly #arrangement: Arrangement;
  #pages = 1;
  #last: Answer | undefined;

  constructor(owner: Owner, arrangement: Arrangement) {
    this.#owner = owner;
    this.#arrangement = arrangement;
    arrangement.changed.on(() => {
      this.#pages = 1;
    });
  }

  /** From now on another page. */
  more(): void {
    this.#pages++;
  }

  /** While the owner is away, the last answer of the same place stays; the next status change asks again. */
  async ask(): Promise<Answer> {
    const { place, status } = this.#owner;
    if (status.kind === "joined") {
      try {
        const [state, found] = await Promise.all([this.#owner.state(), this.#sessions()]);
        const most = this.#pages * PAGE;
        this.#last = { place, state, sessions: found.slice(0, most), more: found.length > most };
      } catch (error) {
        // An owner that went away just now is joined anew; one that is there and fails is told of.
        if (this.#owner.status.kind === "joined") return { ...nothing(place), problem: reason(error) };
      }
    }
    return this.#last?.place === place ? this.#last : nothing(place);
  }

  /** One more than is shown, so that it is known whether there are more. */
  async #sessions(): Promise<SessionRow[]> {
    const { filter, sort, here } = this.#arrangement.now;
    const { wanted } = readFilter(filter, Date.now());
    const asked = { ...wanted, sort, limit: this.#pages * PAGE + 1 };
    const folders = here ? workspaceFolders() : [];
    if (folders.length === 0) return this.#owner.sessions(asked);
    return this.#inFolders(folders, asked, sort);
  }

  async #inFolders(folders: string[], asked: SessionsWanted, sort: SessionsSort): Promise<SessionRow[]> {
    const found = await Promise.all(folders.map(project => this.#owner.sessions({ ...asked, project })));
    const sessions = new Map(found.flat().map(session => [session.id, session]));
    return [...sessions.values()].sort((a, b) => AMOUNTS[sort](b) - AMOUNTS[sort](a));
  }
}

const AMOUNTS: Record<SessionsSort, (session: SessionRow) => number> = {
  time: ({ endedAt }) => endedAt,
  cost: ({ costUsd }) => costUsd,
  duration: ({ startedAt, endedAt }) => endedAt - startedAt,
};

/** The folders that are open in this window. */
export function workspaceFolders(): string[] {
  return (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}

function nothing(place: Place): Answer {
  return { place, sessions: [], more: false };
}
