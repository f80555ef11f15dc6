/** A piece of HTML that was made by `html`, so that nobody's words are tags in it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | Value[] | undefined | null | false;

/** HTML of a template: whatever is put in, is text, unless it was made by this as well. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.map((part, i) => (i === 0 ? part : textOf(values[i - 1]) + part)).join(""));
}

function textOf(value: Value): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join("");
  if (value === undefined || value === null || value === false) return "";
  return String(value).replace(/[&<>"'`]/g, mark => `&#${mark.charCodeAt(0)};`);
}
