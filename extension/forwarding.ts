import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ExpectedError, reason } from "./base/expected-error.ts";
import type { Lifetime } from "./base/lifetime.ts";
import { type Endpoint, endpointOf } from "./export/endpoint.ts";
import { Forwarder } from "./export/forwarder.ts";
import type { Words } from "./export/trace.ts";
import type { Forward, ForwardState } from "./job.ts";
import type { Api } from "./protocol.ts";
import type { Recorder } from "./recording.ts";

const WORDS = ["none", "prompts", "all"] as const satisfies Words[];

/** What the recorder sends on: nothing, unless the user wants it to and has agreed to just that. */
export class Forwarding {
  readonly #recorder: Recorder;
  readonly #reading: Lifetime;
  readonly #api: Api;
  readonly #target: { to: Endpoint; words: Words } | undefined;
  #forwarder: Forwarder | undefined;

  /** @param tier no more words leave than the store may keep */
  constructor(recorder: Recorder, reading: Lifetime, api: Api, tier: 1 | 2 | 3) {
    this.#recorder = recorder;
    this.#reading = reading;
    this.#api = api;
    this.#target = this.#read(recorder.job.forward, tier);
    void this.#agreed().then(since => since !== undefined && this.#run(since));
  }

  get state(): ForwardState | undefined {
    if (!this.#target) return undefined;
    const { to, words } = this.#target;
    return { to: to.url.origin, words, waiting: this.#forwarder?.waiting ?? null };
  }

  /** Sends on from now. */
  async agree(): Promise<void> {
    if (!this.#target) throw new ExpectedError("Say in the setting agentTrace.forward where to.");
    if (this.#forwarder) return;
    const since = Date.now();
    await mkdir(join(this.#file, ".."), { recursive: true, mode: 0o700 });
    await writeFile(this.#file, JSON.stringify({ to: this.#name, since }), { mode: 0o600 });
    this.#run(since);
    this.#recorder.hints.fire({ kind: "state" });
  }

  get #file(): string {
    return join(this.#recorder.home, "outbox", "agreed.json");
  }

  /** What was agreed to: another place or more words are to be agreed to anew. */
  get #name(): string {
    return `${this.#target?.to.url.href} ${this.#target?.words}`;
  }

  async #agreed(): Promise<number | undefined> {
    try {
      const { to, since } = JSON.parse(await readFile(this.#file, "utf8")) as { to: string; since: number };
      return this.#target && to === this.#name && Number.isFinite(since) ? since : undefined;
    } catch {
      return undefined;
    }
  }

  #run(since: number): void {
    if (!this.#target || this.#forwarder || this.#reading.ended) return;
    const { home, hints } = this.#recorder;
    const forwarder = new Forwarder(this.#api, home, { ...this.#target, since }, this.#tell);
    this.#forwarder = this.#reading.add(forwarder);
    this.#reading.add(hints.on(hint => hint.kind === "session" && forwarder.hear(hint.session)));
  }

  readonly #tell = (why?: string): void => this.#recorder.notes.set("Sessions are not sent on", why);

  #read(wanted: Forward | undefined, tier: 1 | 2 | 3): { to: Endpoint; words: Words } | undefined {
    if (!wanted?.endpoint && !wanted?.preset) return undefined;
    try {
      const asked = Math.max(0, WORDS.indexOf(wanted.words ?? "none"));
      const words = WORDS[Math.min(asked, tier - 1)] ?? "none";
      return { to: endpointOf(wanted, process.env), words };
    } catch (error) {
      this.#tell(reason(error));
      return undefined;
    }
  }
}
