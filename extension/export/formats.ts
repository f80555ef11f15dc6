import { csv } from "./csv.ts";
import { page } from "./html.ts";
import { json, ndjson } from "./json.ts";
import { markdown } from "./markdown.ts";
import { otlp } from "./otlp.ts";

/** All forms in which sessions leave. */
export const FORMATS = { json, ndjson, csv, md: markdown, html: page, otlp };
