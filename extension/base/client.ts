import { type IncomingMessage, type RequestOptions, request } from "node:http";
import type { AlertsApi } from "../alert.ts";
import type { MoneyApi } from "../bill.ts";
import type { ImportedLine } from "../imports.ts";
import type {
  Api,
  Compacted,
  Hint,
  RecorderState,
  Session,
  SessionRow,
  StepContent,
  TakenPrices,
  Totals,
} from "../protocol.ts";
import type {
  Blame,
  BlameWanted,
  Changes,
  ChangesWanted,
  Edit,
  EditsWanted,
  FileStep,
  Found,
  SearchWanted,
  SessionsWanted,
  StepsWanted,
  TakeBackWanted,
  TakenBack,
  TimelineStep,
  Usage,
  UsageWanted,
} from "../questions.ts";
import { ExpectedError } from "./expected-error.ts";

/** After this long without a word, an owner hangs. */
const SILENCE = 3000;

/** Asks an owner over its HTTP API. */
export class Client implements Api {
  readonly #port: number;
  readonly #token: string;
  readonly #gone = new AbortController();
  readonly bill: MoneyApi["bill"] = wanted => this.#json(`/api/bill${query(wanted)}`);
  readonly breakdown: MoneyApi["breakdown"] = wanted => this.#json(`/api/bill/breakdown${query(wanted)}`);
  readonly derivation: MoneyApi["derivation"] = wanted => this.#json(`/api/bill/derivation${query(wanted)}`);
  readonly findings: MoneyApi["findings"] = wanted => this.#json(`/api/bill/findings${query(wanted)}`);
  readonly reasons: MoneyApi["reasons"] = wanted => this.#json(`/api/bill/reasons${query(wanted)}`);

  readonly alerts: AlertsApi = {
    rules: () => this.#json("/api/alerts"),
    put: async ({ name, ...rule }) => void (await this.#post(alertPath(name), rule, "PUT")),
    remove: async name => void (await this.#json(alertPath(name), "DELETE")),
    history: wanted => this.#json(`/api/alerts/history${query(wanted)}`),
    test: async way => void (await this.#post("/api/alerts/test", { way })),
    entrust: async secrets => void (await this.#post("/api/alerts/secrets", secrets)),
  };

  constructor(port: number, token: string) {
    this.#port = port;
    this.#token = token;
  }

  sessions(wanted: SessionsWanted = {}): Promise<SessionRow[]> {
    return this.#json(`/api/sessions${query(wanted)}`);
  }

  session(id: string): Promise<Session> {
    return this.#json(`/api/sessions/${encodeURIComponent(id)}`);
  }

  content(session: string, step: string): Promise<StepContent> {
    return this.#json(`/api/sessions/${encodeURIComponent(session)}/steps/${encodeURIComponent(step)}`);
  }

  timeline(session: string, wanted: StepsWanted): Promise<TimelineStep[]> {
    return this.#json(`/api/sessions/${encodeURIComponent(session)}/timeline${query(wanted)}`);
  }

  edits(wanted: EditsWanted): Promise<Edit[]> {
    return this.#json(`/api/edits${query(wanted)}`);
  }

  changes(session: string, wanted: ChangesWanted): Promise<Changes> {
    return this.#json(`/api/sessions/${encodeURIComponent(session)}/changes${query(wanted)}`);
  }

  takeBack(session: string, wanted: TakeBackWanted): Promise<TakenBack> {
    return this.#post(`/api/sessions/${encodeURIComponent(session)}/take-back`, wanted);
  }

  blame(wanted: BlameWanted): Promise<Blame> {
    return this.#post("/api/blame", wanted);
  }

  fileHistory(file: string): Promise<FileStep[]> {
    return this.#json(`/api/file-history${query({ file })}`);
  }

  usage(wanted: UsageWanted): Promise<Usage[]> {
    return this.#json(`/api/usage${query(wanted)}`);
  }

  search(wanted: SearchWanted): Promise<Found> {
    return this.#json(`/api/search${query(wanted)}`);
  }

  totals(): Promise<Totals> {
    return this.#json("/api/totals");
  }

  state(): Promise<RecorderState> {
    return this.#json("/api/state");
  }

  async scan(): Promise<void> {
    await this.#post("/api/scan");
  }

  async backUp(file: string): Promise<void> {
    await this.#post("/api/store/back-up", { file });
  }

  compact(): Promise<Compacted> {
    return this.#post("/api/store/compact");
  }

  async deleteSessions(ids: string[]): Promise<void> {
    await this.#post("/api/store/delete-sessions", { ids });
  }

  async deleteAll(): Promise<void> {
    await this.#post("/api/store/delete-all");
  }

  takePrices(list: string): Promise<TakenPrices> {
    return this.#post("/api/prices", { list });
  }

  async readAgain(): Promise<void> {
    await this.#post("/api/store/read-again");
  }

  async replayEvents(): Promise<number> {
    return (await this.#post<{ events: number }>("/api/events/replay")).events;
  }

  async takeIn(lines: ImportedLine[]): Promise<void> {
    await this.#post("/api/import", { lines });
  }

  async agreeToForward(): Promise<void> {
    await this.#post("/api/forward/agree");
  }

  /** Ends what is still being asked: the owner is gone, and whoever waits should hear of it. */
  close(): void {
    this.#gone.abort(new ExpectedError("The recorder is gone. Try again in a moment."));
  }

  /** Hands every hint to `take` until the owner is gone or `signal` stops it. */
  async follow(take: (hint: Hint) => void, connected: () => void, signal: AbortSignal): Promise<void> {
    const stream = await this.#send({
      path: "/api/stream",
      signal: AbortSignal.any([signal, this.#gone.signal]),
    });
    if (stream.statusCode !== 200)
      throw new ExpectedError(`The recorder refused this window (${stream.statusCode}).`);
    // Hints or not, the owner is heard of every second.
    stream.socket.setTimeout(SILENCE, () =>
      stream.destroy(new ExpectedError("The recorder does not answer.")),
    );
    connected();
    let rest = "";
    for await (const chunk of stream.setEncoding("utf8")) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("data: ")) take(JSON.parse(line.slice(6)) as Hint);
    }
  }

  #post<T>(path: string, body: unknown = {}, method = "POST"): Promise<T> {
    return this.#json<T>(path, method, JSON.stringify(body));
  }

  async #json<T>(path: string, method = "GET", sent?: string): Promise<T> {
    const response = await this.#send({ path, method }, sent);
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    const body = JSON.parse(text) as T & { error?: string };
    if (response.statusCode === 200) return body;
    throw new ExpectedError(body.error ?? `The recorder answered ${response.statusCode} to ${path}.`);
  }

  #send(how: RequestOptions, body?: string): Promise<IncomingMessage> {
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const headers = { authorization: `Bearer ${this.#token}`, ...type };
    return new Promise((resolve, reject) => {
      const to = { host: "127.0.0.1", port: this.#port, headers, signal: this.#gone.signal };
      request({ ...to, ...how }, resolve)
        .once("error", reject)
        .end(body);
    });
  }
}

function alertPath(name: string): string {
  return `/api/alerts/${encodeURIComponent(name)}`;
}

function query(wanted: object): string {
  const said = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)]));
  return said.length === 0 ? "" : `?${text}`;
}
