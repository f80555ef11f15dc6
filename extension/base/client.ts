import type { Api } from "../protocol.ts";
import type { Wire } from "./wire.ts";

/** Asks a recorder over its HTTP API: whichever is at the other end of the wire at the time. */
export class Client implements Api {
  readonly #wire: () => Wire;

  readonly sessions: Api["sessions"] = (wanted = {}) => this.#get("/api/sessions", wanted);
  readonly session: Api["session"] = id => this.#get(pathOf(id));
  readonly content: Api["content"] = (id, step) =>
    this.#get(`${pathOf(id)}/steps/${encodeURIComponent(step)}`);
  readonly timeline: Api["timeline"] = (id, wanted) => this.#get(`${pathOf(id)}/timeline`, wanted);
  readonly edits: Api["edits"] = wanted => this.#get("/api/edits", wanted);
  readonly changes: Api["changes"] = (id, wanted) => this.#get(`${pathOf(id)}/changes`, wanted);
  readonly takeBack: Api["takeBack"] = (id, wanted) => this.#post(`${pathOf(id)}/take-back`, wanted);
  readonly blame: Api["blame"] = wanted => this.#post("/api/blame", wanted);
  readonly fileHistory: Api["fileHistory"] = file => this.#get("/api/file-history", { file });
  readonly usage: Api["usage"] = wanted => this.#get("/api/usage", wanted);
  readonly search: Api["search"] = wanted => this.#get("/api/search", wanted);
  readonly totals: Api["totals"] = () => this.#get("/api/totals");
  readonly state: Api["state"] = () => this.#get("/api/state");

  readonly bill: Api["bill"] = wanted => this.#get("/api/bill", wanted);
  readonly breakdown: Api["breakdown"] = wanted => this.#get("/api/bill/breakdown", wanted);
  readonly derivation: Api["derivation"] = wanted => this.#get("/api/bill/derivation", wanted);
  readonly findings: Api["findings"] = wanted => this.#get("/api/bill/findings", wanted);
  readonly reasons: Api["reasons"] = wanted => this.#get("/api/bill/reasons", wanted);

  readonly scan: Api["scan"] = () => this.#do("/api/scan");
  readonly backUp: Api["backUp"] = file => this.#do("/api/store/back-up", { file });
  readonly compact: Api["compact"] = () => this.#post("/api/store/compact");
  readonly deleteSessions: Api["deleteSessions"] = ids => this.#do("/api/store/delete-sessions", { ids });
  readonly deleteAll: Api["deleteAll"] = () => this.#do("/api/store/delete-all");
  readonly readAgain: Api["readAgain"] = () => this.#do("/api/store/read-again");
  readonly takePrices: Api["takePrices"] = list => this.#post("/api/prices", { list });
  readonly takeIn: Api["takeIn"] = lines => this.#do("/api/import", { lines });
  readonly agreeToForward: Api["agreeToForward"] = () => this.#do("/api/forward/agree");
  readonly replayEvents: Api["replayEvents"] = async () =>
    (await this.#post<{ events: number }>("/api/events/replay")).events;

  readonly alerts: Api["alerts"] = {
    rules: () => this.#get("/api/alerts"),
    put: ({ name, ...rule }) => this.#do(`/api/alerts/${encodeURIComponent(name)}`, rule, "PUT"),
    remove: async name => this.#wire().json(`/api/alerts/${encodeURIComponent(name)}`, "DELETE"),
    history: wanted => this.#get("/api/alerts/history", wanted),
    test: way => this.#do("/api/alerts/test", { way }),
    entrust: secrets => this.#do("/api/alerts/secrets", secrets),
  };

  constructor(wire: () => Wire) {
    this.#wire = wire;
  }

  async #get<T>(path: string, wanted: object = {}): Promise<T> {
    return this.#wire().json(path + query(wanted), "GET");
  }

  async #post<T>(path: string, body: object = {}): Promise<T> {
    return this.#wire().json(path, "POST", body);
  }

  /** Of what there is no answer to, but that it is done. */
  async #do(path: string, body: object = {}, method = "POST"): Promise<void> {
    await this.#wire().json(path, method, body);
  }
}

function pathOf(session: string): string {
  return `/api/sessions/${encodeURIComponent(session)}`;
}

function query(wanted: object): string {
  const said = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)]));
  return said.length === 0 ? "" : `?${text}`;
}
