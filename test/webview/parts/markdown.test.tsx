import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Markdown, MarkdownLine } from "../../../webview/parts/markdown.tsx";

afterEach(cleanup);

test.each([
  ["# Title", "p.heading", "Title"],
  ["a **b** c", "strong", "b"],
  ["`a < b`", "code", "a < b"],
  ["- [x] done", "li.task", "done"],
  ["1. one", "ol > li", "one"],
  ["| a |\n|---|\n| b |", "td", "b"],
  ["> said", "blockquote", "said"],
  ["```ts\nconst a = 1\n```", ".code .text", "const a = 1"],
  ["[site](https://a.b)", "a[href='https://a.b']", "site"],
  ['AT&T &amp; "co" <3', "p", 'AT&T & "co" <3'],
])("%s", (text, selector, said) => {
  const { container } = render(<Markdown text={text} />);
  expect(container.querySelector(selector)?.textContent?.trim()).toBe(said);
});

test.each([
  "[a](javascript:x)",
  "[a](data:text/html,x)",
  "<b onclick=x>a</b>",
  "![a](https://a.b/c.png)",
  "<img src=x>",
])("%s does nothing", text => {
  const { container } = render(<Markdown text={text} />);
  expect(container.querySelectorAll("a, img, b, [onclick]")).toHaveLength(0);
  expect(container.textContent).toContain("a".repeat(text.includes("img src") ? 0 : 1));
});

test("a line is in Markdown too, but has no links in it: it is a button", () => {
  const { container } = render(<MarkdownLine text="## See [`cart.ts`](https://a.b)" />);
  expect(container.innerHTML).toContain("<code>cart.ts</code>");
  expect(container.querySelectorAll("a")).toHaveLength(0);
});
