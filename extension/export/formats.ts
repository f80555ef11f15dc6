import { csv } from "./csv.ts";
import { pageIn } from "./html.ts";
import { json, ndjson } from "./json.ts";
import { markdown } from "./markdown.ts";
import { otlp } from "./otlp.ts";

/** All forms in which sessions leave, given the folder of the bundles. */
export function formatsIn(dist: string) {
  return { json, ndjson, csv, md: markdown, html: pageIn(dist), otlp };
}

export type FormatName = keyof ReturnType<typeof formatsIn>;
