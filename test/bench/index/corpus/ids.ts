import type { Chance } from "../../store/made-up/chance.ts";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A uuid of the fourth kind, as Claude Code's are. */
export function uuid(chance: Chance): string {
  const [a, b, c, d] = [hex8(chance), hex8(chance), hex8(chance), hex8(chance)];
  const variant = "89ab"[Number.parseInt(c.slice(0, 1), 16) & 3];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

export function hex(chance: Chance, digits: number): string {
  let text = "";
  while (text.length < digits) text += hex8(chance);
  return text.slice(0, digits);
}

function hex8(chance: Chance): string {
  return Math.floor(chance.next() * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
}

/** An id of the API: `msg_01…`, `toolu_01…`, `req_01…`. */
export function apiId(chance: Chance, kind: "msg" | "toolu" | "req"): string {
  let id = `${kind}_01`;
  for (let i = 0; i < 22; i++) id += LETTERS[Math.floor(chance.next() * LETTERS.length)];
  return id;
}
