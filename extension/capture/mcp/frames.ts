/** Takes messages out of a stream of bytes, whatever the pieces in which it comes. */
export interface Splitter {
  /** The texts that end in these bytes; undefined stands for one that was too long to be read. */
  take(bytes: Uint8Array): (string | undefined)[];
  /** What is left at the end of the stream. */
  end(): (string | undefined)[];
}

/** No message is read that is longer; it passes all the same. */
export const LONGEST = 16 * 1024 * 1024;

const NEWLINE = 10;
const LENGTH = /^content-length:\s*(\d{1,10})\s*$/im;

/**
 * What a server of MCP says on its standard output, or is told on its input: a message a line, or after a header with
 * its length, as language servers have it. Which of the two shows with each message.
 */
export class Frames implements Splitter {
  #parts: Uint8Array[] = [];
  #size = 0;
  /** With fewer bytes than this there is no use in looking; of a line nobody knows. */
  #wanted = 0;
  /** The rest of a message that is too long: so many bytes, or up to the end of the line. */
  #skip: number | "line" = 0;

  take(bytes: Uint8Array): (string | undefined)[] {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    const may = this.#wanted > 0 ? this.#size >= this.#wanted : bytes.includes(NEWLINE);
    return may || this.#size > LONGEST ? this.#split() : [];
  }

  end(): (string | undefined)[] {
    const rest = this.#skip === 0 ? this.#joined().toString().trim() : "";
    this.#keep(Buffer.alloc(0));
    return rest === "" ? [] : [rest];
  }

  #split(): (string | undefined)[] {
    const found: (string | undefined)[] = [];
    let rest = this.#joined();
    this.#wanted = 0;
    for (let before = -1; rest.length > 0 && rest.length !== before; ) {
      before = rest.length;
      rest = this.#skip === 0 ? this.#next(rest, found) : this.#skipped(rest);
    }
    this.#keep(rest);
    return found;
  }

  /** Takes the first message off, if it is whole; answers what follows it. */
  #next(bytes: Buffer, found: (string | undefined)[]): Buffer {
    // Between messages there may be empty lines.
    const start = bytes.findIndex(byte => byte > 0x20);
    if (start < 0) return Buffer.alloc(0);
    const rest = bytes.subarray(start);
    return /^content-/i.test(rest.toString("latin1", 0, 8))
      ? this.#afterHeader(rest, found)
      : this.#line(rest, found);
  }

  #line(rest: Buffer, found: (string | undefined)[]): Buffer {
    const end = rest.indexOf(NEWLINE);
    if (end >= 0) {
      found.push(end > LONGEST ? undefined : rest.toString("utf8", 0, end));
      return rest.subarray(end + 1);
    }
    if (rest.length <= LONGEST) return rest;
    found.push(undefined);
    this.#skip = "line";
    return Buffer.alloc(0);
  }

  #afterHeader(rest: Buffer, found: (string | undefined)[]): Buffer {
    const [end, gap] = blankLine(rest);
    if (end < 0) return rest.length <= LONGEST ? rest : this.#line(rest, found);
    const [, digits] = LENGTH.exec(rest.toString("latin1", 0, end)) ?? [];
    const [from, length] = [end + gap, Number(digits)];
    if (digits === undefined) {
      found.push(undefined);
      return rest.subarray(from);
    }
    if (length > LONGEST) {
      found.push(undefined);
      this.#skip = length;
      return rest.subarray(from);
    }
    if (rest.length < from + length) {
      this.#wanted = from + length;
      return rest;
    }
    found.push(rest.toString("utf8", from, from + length));
    return rest.subarray(from + length);
  }

  #skipped(rest: Buffer): Buffer {
    if (this.#skip === "line") {
      const end = rest.indexOf(NEWLINE);
      if (end < 0) return Buffer.alloc(0);
      this.#skip = 0;
      return rest.subarray(end + 1);
    }
    const gone = Math.min(this.#skip, rest.length);
    this.#skip -= gone;
    return rest.subarray(gone);
  }

  #joined(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #keep(rest: Buffer): void {
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
  }
}

/** Where a header ends, and how many bytes end it. */
function blankLine(bytes: Buffer): [at: number, length: number] {
  const strict = bytes.indexOf("\r\n\r\n");
  return strict >= 0 ? [strict, 4] : [bytes.indexOf("\n\n"), 2];
}

/** The body of an answer over HTTP that is one message. */
export class Whole implements Splitter {
  #parts: Uint8Array[] = [];
  #size = 0;

  take(bytes: Uint8Array): [] {
    this.#size += bytes.length;
    if (this.#size <= LONGEST) this.#parts.push(bytes);
    else this.#parts = [];
    return [];
  }

  end(): (string | undefined)[] {
    if (this.#size > LONGEST) return [undefined];
    return this.#size === 0 ? [] : [Buffer.concat(this.#parts).toString()];
  }
}
