import { expect, test } from "vitest";
import type { SessionRow } from "../../../extension/protocol.ts";
import { currentOf, currentSum } from "../../../extension/views/current.ts";
import { isIn } from "../../../extension/views/here.ts";
import { row } from "./rows.ts";

test.each([
  ["/home/sam/shop", true],
  ["/home/sam/shop/packages/cart", true],
  ["/home/sam/shopping", false],
  ["/home/sam", false],
  ["C:\\dev\\shop\\cart", true],
  ["", false],
])("%s is in the workspace: %s", (project, is) => {
  expect(isIn(["/home/sam/shop", "C:\\dev\\shop"], project)).toBe(is);
});

const session = (id: string, status: SessionRow["status"], project = "/shop") => row({ id, status, project });

test.each<[string, SessionRow[], string | undefined]>([
  ["none", [], undefined],
  ["one that failed is over", [session("a", "failed")], undefined],
  ["of another workspace", [session("a", "running", "/other")], undefined],
  [
    "of a server that is recorded",
    [row({ status: "running", project: "/shop", clientVersion: "cursor 1.2" })],
    undefined,
  ],
  ["the last one at work", [session("a", "running"), session("b", "running")], "a"],
  ["one that asks comes before one that works", [session("a", "running"), session("b", "asking")], "b"],
  [
    "one that works before one that waits",
    [session("a", "idle"), session("b", "waiting"), session("c", "running")],
    "c",
  ],
])("current: %s", (_, sessions, id) => expect(currentOf(sessions, ["/shop"])?.id).toBe(id));

test.each<[Partial<SessionRow>, string]>([
  [{ status: "running", costUsd: 1.24, context: 68_400 }, "$1.24 · 68 k"],
  [{ status: "running" }, "At work"],
  [{ status: "asking", asks: "Bash", costUsd: 1.24 }, "Asks to use Bash · $1.24"],
])("%j is shown as %s", (more, sum) => expect(currentSum(row(more))).toBe(sum));
