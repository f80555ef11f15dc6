import { wasm } from "./db/open-scratch.ts";

/** sql.js as a later version might be: its file system has another name. */
export function unfamiliar(): Uint8Array {
  const bytes = Buffer.from(wasm);
  for (let at = bytes.indexOf("unix\0"); at >= 0; at = bytes.indexOf("unix\0", at)) bytes.write("unyx", at);
  return bytes;
}
