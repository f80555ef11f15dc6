import { LONGEST, type Splitter } from "./frames.ts";

/** By which a server of the older kind says where it wants to be asked; it is no message. */
const ENDPOINT = "endpoint";

/** The messages in a stream of server-sent events. */
export class Events implements Splitter {
  readonly #endpoint: (path: string) => void;
  readonly #decoder = new TextDecoder();
  #line = "";
  #type = "";
  #data: string[] = [];
  #size = 0;

  /** @param endpoint gets the address at which a server wants to be asked, if it says one */
  constructor(endpoint: (path: string) => void) {
    this.#endpoint = endpoint;
  }

  take(bytes: Uint8Array): (string | undefined)[] {
    const lines = (this.#line + this.#decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    this.#line = lines.pop() ?? "";
    const found = lines.flatMap(line => this.#read(line));
    if (this.#line.length <= LONGEST) return found;
    this.#line = "";
    return [...found, undefined];
  }

  /** An event that is not whole does not count. */
  end(): [] {
    return [];
  }

  #read(line: string): (string | undefined)[] {
    if (line === "") return this.#event();
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") this.#type = value;
    if (field === "data") {
      this.#size += value.length;
      if (this.#size <= LONGEST) this.#data.push(value);
    }
    return [];
  }

  #event(): (string | undefined)[] {
    const [type, data, size] = [this.#type, this.#data.join("\n"), this.#size];
    [this.#type, this.#data, this.#size] = ["", [], 0];
    if (size > LONGEST) return [undefined];
    if (type === ENDPOINT) this.#endpoint(data);
    return data === "" || type === ENDPOINT ? [] : [data];
  }
}
