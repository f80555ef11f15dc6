import type { JSX } from "preact";
import { harmless } from "../lib/harmless.ts";
import { parsed, words } from "../lib/told.ts";
import { Code } from "../parts/code.tsx";
import type { CardProps } from "./card.tsx";
import { Output } from "./output.tsx";

/** Any tool: what it was given, field by field, and what it answered. */
export function OtherCard({ step, told }: CardProps): JSX.Element {
  const given = Object.entries(told.input);
  const answer = parsed(told.result);
  return (
    <>
      {given.length > 0 && (
        <dl>
          {given.map(([name, value]) => (
            <div key={name}>
              <dt>{harmless(name)}</dt>
              <dd>
                <Value value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {typeof answer === "object" && answer !== null ? (
        <Code text={JSON.stringify(answer, null, 2)} grammar="json" />
      ) : (
        told.ended &&
        (told.pictures.length === 0 || told.result.trim() !== "") && (
          <Output text={told.result} failed={step.status === "failed"} />
        )
      )}
    </>
  );
}

/** A longer text is shown as the block that it is. */
const SHORT = 120;

function Value({ value }: { value: unknown }): JSX.Element {
  const text = words(value);
  if (typeof value !== "string") {
    const json = JSON.stringify(value, null, 2) ?? "";
    return json.length < SHORT ? (
      <code>{harmless(JSON.stringify(value) ?? "")}</code>
    ) : (
      <Code text={json} grammar="json" />
    );
  }
  if (text.length < SHORT && !text.includes("\n")) return <code>{harmless(text)}</code>;
  return <Code text={text} grammar={undefined} />;
}
