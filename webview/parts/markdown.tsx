import { marked, type Token, type Tokens } from "marked";
import type { ComponentChildren, JSX } from "preact";
import { clipped, harmless } from "../lib/harmless.ts";
import { grammarOf } from "../lib/highlight.ts";
import { Code } from "./code.tsx";

/** Longer texts are shown as they were written, and only so much of them. */
const LONGEST = 100_000;

/** A text in Markdown. All that it says becomes text nodes; HTML in it stays the letters that it is. */
export function Markdown({ text }: { text: string }): JSX.Element {
  if (text.length > LONGEST) return <pre class="plain">{lines(text.slice(0, LONGEST))}</pre>;
  return <div class="markdown">{blocks(marked.lexer(harmless(text)))}</div>;
}

/** The first line of a text in Markdown, without links. */
export function MarkdownLine({ text }: { text: string }): JSX.Element {
  const line = text.replace(/^\s*(#+|[-*>]|\d+\.)\s+/, "");
  return <>{inlines(marked.Lexer.lexInline(line), true)}</>;
}

function lines(text: string): string {
  return `${harmless(text).split("\n").map(clipped).join("\n")}\n…`;
}

function blocks(tokens: Token[]): ComponentChildren {
  return tokens.map((token, i) => <Block key={i} token={token} />);
}

function Block({ token }: { token: Token }): JSX.Element | null {
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "heading":
      return <p class={`heading h${token.depth}`}>{inlines(token.tokens)}</p>;
    case "code":
      return <Code text={token.text} grammar={grammarOf(String(token.lang ?? "").split(/\s/)[0] ?? "")} />;
    case "blockquote":
      return <blockquote>{blocks(token.tokens ?? [])}</blockquote>;
    case "list":
      return <List list={token as Tokens.List} />;
    case "hr":
      return <hr />;
    case "table":
      return <Table table={token as Tokens.Table} />;
    case "html":
      return <p>{token.text}</p>;
    default:
      return "tokens" in token && token.tokens ? <p>{inlines(token.tokens)}</p> : <p>{token.raw}</p>;
  }
}

function List({ list }: { list: Tokens.List }): JSX.Element {
  const items = list.items.map((item, i) => (
    <li key={i} class={item.task ? "task" : ""}>
      {item.task && (
        <span
          class={`codicon codicon-${item.checked ? "pass" : "circle-large-outline"}`}
          aria-hidden="true"
        />
      )}
      {item.tokens
        .filter(notBox)
        .map((token, i) =>
          token.type === "text" ? (
            inlines((token as Tokens.Text).tokens ?? [token], false, i)
          ) : (
            <Block key={i} token={token} />
          ),
        )}
    </li>
  ));
  return list.ordered ? <ol start={Number(list.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

/** The box of a task is drawn as an icon. */
function notBox({ type }: Token): boolean {
  return type !== "checkbox";
}

function Table({ table }: { table: Tokens.Table }): JSX.Element {
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            {table.header.map((cell, i) => (
              <th key={i}>{inlines(cell.tokens)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j}>{inlines(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inlines(tokens: Token[] | undefined, flat = false, key?: number): ComponentChildren {
  const said = tokens?.map((token, i) => <Inline key={i} {...{ token, flat }} />);
  return key === undefined ? said : <span key={key}>{said}</span>;
}

function Inline({ token, flat }: { token: Token; flat: boolean }): JSX.Element {
  const inside = () => inlines("tokens" in token ? token.tokens : undefined, flat) ?? token.raw;
  switch (token.type) {
    case "strong":
      return <strong>{inside()}</strong>;
    case "em":
      return <em>{inside()}</em>;
    case "del":
      return <del>{inside()}</del>;
    case "codespan":
      return <code>{unescaped(token.text)}</code>;
    case "br":
      return <br />;
    case "link":
      return flat || !isSafe(token.href) ? (
        <span title={token.href}>{inside()}</span>
      ) : (
        <a href={token.href} title={token.href}>
          {inside()}
        </a>
      );
    case "image":
      return <span title={token.href}>{token.text || token.href}</span>;
    case "text":
    case "escape":
      return <span>{"tokens" in token && token.tokens ? inside() : unescaped(token.text)}</span>;
    default:
      return <>{token.raw}</>;
  }
}

/** Whatever else a link may start is not for a page to start. */
function isSafe(href: string): boolean {
  return /^(https?|mailto):/i.test(href);
}

const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/** The lexer writes some letters as HTML does; in a text node they are themselves. */
function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, entity => ENTITIES[entity] ?? entity);
}
