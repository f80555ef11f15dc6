import { isDeepStrictEqual } from "node:util";
import { getNodeValue, type JSONPath, type Node } from "jsonc-parser";
import { ExpectedError } from "../base/expected-error.ts";
import { isObject, type Json, object } from "../clean/json.ts";
import { append, endOf, remove, treeOf, wasEmpty } from "./jsonc.ts";
import {
  hooksOf,
  isOurHook,
  isTelemetry,
  knowHttp,
  ourVariables,
  type Side,
  variablesOf,
  type Wanted,
} from "./pieces.ts";

/** What a settings file is to become; no text is no file. */
export interface Plan {
  text: string | undefined;
  /** What the user should know of it. */
  notes: string[];
}

/** The settings with what is wanted in them, and all else as it is. Planning a plan again changes nothing. */
export function plan(text: string | undefined, wanted: Wanted): Plan {
  const clean = unplan(text, wanted);
  const notes: string[] = [];
  const hooks = hooksOf(wanted);
  if (wanted.hooks === "http" && !knowHttp(wanted.clients))
    notes.push(
      "Hooks run a command instead of asking over HTTP: not every Claude Code in use is known to be 2.1.197 or newer.",
    );
  const elsewhere = wanted.telemetry ? [...wanted.environment, ...telemetryIn(clean)] : [];
  if (elsewhere.length > 0)
    notes.push(
      `Telemetry is left alone, because it is set up already (${elsewhere.join(", ")}); only hooks are connected.`,
    );
  const variables = wanted.telemetry && elsewhere.length === 0 ? variablesOf(wanted) : {};
  const written = addHooks(addVariables(clean, Object.entries(variables)), hooks);
  // Claude Code writes its settings anew when it changes them; what says the same may stay as it says it.
  const same =
    text !== undefined && written !== undefined && isDeepStrictEqual(contentOf(text), contentOf(written));
  return { text: same ? text : written, notes };
}

/** The settings without anything of ours; undefined when they had nothing else and were not there before. */
export function unplan(text: string | undefined, side: Side): string | undefined {
  if (text === undefined) return undefined;
  const before = treeOf(text);
  if (before) check(before);
  const empty = before !== undefined && wasEmpty(text, before);
  let rest = text;
  for (let path = ours(rest, side); path; path = ours(rest, side)) rest = remove(rest, path);
  const root = treeOf(rest);
  const isOurs = rest !== text && !empty && root && endOf(root) === rest.length && rest.endsWith("{}");
  if (!isOurs) return rest;
  const above = rest.slice(0, root.offset);
  return above === "" ? undefined : above.replace(/\r?\n$/, "");
}

/** Adds to the file's object, which is made if there is none: at its end, so that `unplan` knows it as ours. */
function addTo(text: string | undefined, item: string): string {
  const root = text === undefined ? undefined : treeOf(text);
  if (text !== undefined && root) return append(text, [], item, endOf(root) < text.length);
  const eol = text?.includes("\r\n") ? "\r\n" : "\n";
  return append(text === undefined ? "{}" : `${text}${eol}{}`, [], item, true);
}

function addVariables(text: string | undefined, variables: [string, string][]): string | undefined {
  if (variables.length === 0) return text;
  const items = variables.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  if (text !== undefined && "env" in contentOf(text))
    return items.reduce((so, item) => append(so, ["env"], item), text);
  return addTo(text, `"env": {${items.map(item => `\n\t${item}`).join(",")}\n}`);
}

function addHooks(text: string | undefined, hooks: [string, Json][]): string | undefined {
  if (hooks.length === 0) return text;
  const items = hooks.map(([event, hook]) => [event, `{ "hooks": [${spaced(hook)}] }`] as const);
  const there = text === undefined ? undefined : contentOf(text).hooks;
  if (text !== undefined && isObject(there))
    return items.reduce(
      (so, [event, item]) =>
        event in there ? append(so, ["hooks", event], item) : append(so, ["hooks"], `"${event}": [${item}]`),
      text,
    );
  return addTo(text, `"hooks": {${items.map(([event, item]) => `\n\t"${event}": [${item}]`).join(",")}\n}`);
}

/** JSON on one line that can be read. */
function spaced(value: unknown): string {
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${spaced(field)}`);
  return `{ ${fields.join(", ")} }`;
}

/** Where the last thing of ours is: what was added last has to go first. */
function ours(text: string, side: Side): JSONPath | undefined {
  const { env, hooks } = contentOf(text);
  for (const [event, groups] of Object.entries(object(hooks)).reverse()) {
    const found = lastHook(groups as unknown[], side);
    if (found) return ["hooks", event, ...found];
  }
  const variable = ourVariables(env, side).at(-1);
  return variable === undefined ? undefined : ["env", variable];
}

/** A group that is ours alone goes as a whole. */
function lastHook(groups: unknown[], side: Side): JSONPath | undefined {
  for (let i = groups.length - 1; i >= 0; i--) {
    const hooks = object(groups[i]).hooks;
    if (!Array.isArray(hooks)) continue;
    const found = hooks.findLastIndex(hook => isOurHook(hook, side));
    if (found >= 0) return hooks.length === 1 ? [i] : [i, "hooks", found];
  }
  return undefined;
}

function telemetryIn(text: string | undefined): string[] {
  return text === undefined ? [] : Object.keys(object(contentOf(text).env)).filter(isTelemetry);
}

function contentOf(text: string): Json {
  const tree = treeOf(text);
  return tree ? object(getNodeValue(tree)) : {};
}

/** Refuses settings of another shape than Claude Code's: it would be guessing to change them. */
function check(root: Node): void {
  if (root.type !== "object") throw new ExpectedError("It does not hold an object.");
  const { env, hooks } = object(getNodeValue(root));
  if (env !== undefined && !isObject(env)) throw new ExpectedError('Its "env" is not an object.');
  if (hooks !== undefined && !isObject(hooks)) throw new ExpectedError('Its "hooks" is not an object.');
  for (const [event, groups] of Object.entries(object(hooks)))
    if (!Array.isArray(groups)) throw new ExpectedError(`Its hooks of "${event}" are not a list.`);
  const boxes =
    root.children?.filter(({ children }) => ["env", "hooks"].includes(children?.[0]?.value)) ?? [];
  for (const box of [root, ...boxes.flatMap(({ children }) => children?.[1] ?? [])]) {
    const names = box.children?.map(({ children }) => children?.[0]?.value) ?? [];
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new ExpectedError(`It has "${twice}" twice.`);
  }
}
