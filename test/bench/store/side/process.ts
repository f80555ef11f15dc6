import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Answer, Ask } from "./protocol.ts";

/** What a side runs: a Node, the host, and in it a program with its store; without these two an empty process. */
export interface Side {
  node: string;
  host: string;
  program?: string;
  file?: string;
}

type AnswerOf<K extends Answer["kind"]> = Extract<Answer, { kind: K }>;

/** A process of a side, seen from the one that compares. It does one thing at a time. */
export class SideProcess {
  readonly #child: ChildProcess;

  constructor({ node, host, program, file }: Side) {
    this.#child = fork(host, program && file ? [program, file] : [], { execPath: node, execArgv: [] });
  }

  /** The next thing that it says. */
  async hear<K extends Answer["kind"]>(...kinds: K[]): Promise<AnswerOf<K>> {
    const heard = new AbortController();
    const { signal } = heard;
    const left = once(this.#child, "exit", { signal }).then(([code]) => {
      throw new Error(`A process of the benchmark ended with code ${code}.`);
    });
    const message = once(this.#child, "message", { signal });
    const [answer] = (await Promise.race([message, left]).finally(() => heard.abort())) as [Answer];
    if (kinds.some(kind => kind === answer.kind)) return answer as AnswerOf<K>;
    throw new Error(`Wanted ${kinds.join(" or ")}, got ${JSON.stringify(answer)}`);
  }

  async run(ask: Extract<Ask, { run: unknown }>): Promise<AnswerOf<"ran" | "failed">> {
    this.#child.send(ask);
    return this.hear("ran", "failed");
  }

  async tell<K extends "peak" | "counts">(tell: K): Promise<AnswerOf<K>> {
    this.#child.send({ tell } satisfies Ask);
    return this.hear<K>(tell);
  }

  /** Lets it close its store. */
  async end(): Promise<void> {
    if (!this.#child.connected) return;
    const gone = once(this.#child, "exit");
    this.#child.disconnect();
    await gone;
  }
}
