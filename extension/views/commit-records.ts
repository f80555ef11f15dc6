import type { LogOutputChannel } from "vscode";
import { reason } from "../base/expected-error.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { onAnyChange, type Setting } from "../base/setting.ts";
import { writeRecord } from "./attribution.ts";
import { isNewCommit } from "./attribution-record.ts";
import { eachRepository, type Repository } from "./git.ts";

/** Writes down who wrote the lines of each new commit, if that is wanted, whoever makes it and wherever. */
export class CommitRecords {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #wanted: Setting<boolean>;
  readonly #log: LogOutputChannel;
  #opened = false;

  constructor(owner: Owner, wanted: Setting<boolean>, log: LogOutputChannel) {
    this.#owner = owner;
    this.#wanted = wanted;
    this.#log = log;
    this.#life.add(onAnyChange([wanted], () => void this.#open()));
    void this.#open();
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  /** Git is asked for nothing before the user wants this. */
  async #open(): Promise<void> {
    if (this.#opened || !this.#wanted.value) return;
    this.#opened = true;
    await eachRepository(this.#life, repository => this.#watch(repository));
  }

  /** Git's own event of a commit tells only of those that are made in the editor. */
  #watch(repository: Repository): void {
    let last = repository.state.HEAD?.commit;
    this.#life.add(
      repository.state.onDidChange(() => {
        const [before, now] = [last, repository.state.HEAD?.commit];
        last = now;
        if (before === undefined || now === undefined || before === now || !this.#wanted.value) return;
        this.#write(repository, before, now).catch(error =>
          this.#log.warn(`Who wrote ${now} could not be written down: ${reason(error)}`),
        );
      }),
    );
  }

  async #write(repository: Repository, before: string, now: string): Promise<void> {
    if (isNewCommit(await repository.getCommit(now), before, Date.now()))
      await writeRecord(this.#owner, repository, now);
  }
}
