import type { Picture, StepContent } from "../../extension/protocol.ts";

export type Fields = Record<string, unknown>;

/** What was said in a step, taken apart as far as it can be. */
export interface Told {
  input: Fields;
  /** What the client noted of the outcome: an object for most tools, a text for errors. */
  details: Fields;
  result: string;
  /** Whether what came of it is known. */
  ended: boolean;
  text: string;
  pictures: Picture[];
}

/** Without what stands in a text where a picture was, as that is shown. */
export function withoutPlaces(text: string): string {
  return text.replace(/^\[image\]$\n?/gm, "");
}

export function toldIn({ input, details, result, text, pictures = [] }: StepContent): Told {
  return {
    input: fields(parsed(input)),
    details: fields(parsed(details)),
    result: pictures.length > 0 ? withoutPlaces(result ?? "") : (result ?? ""),
    ended: result !== undefined,
    text: text ?? "",
    pictures,
  };
}

/** A text that was cut is no JSON any more. */
export function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

export function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}
