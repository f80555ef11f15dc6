import { expect, test } from "vitest";
import { claudeFolders } from "../../../extension/base/claude-folders.ts";

test.each([
  ["the usual two", [], {}, ["/home/sam/.claude", "/home/sam/.config/claude"]],
  ["CLAUDE_CONFIG_DIR instead of them", [], { CLAUDE_CONFIG_DIR: "/srv/claude" }, ["/srv/claude"]],
  ["several in CLAUDE_CONFIG_DIR", [], { CLAUDE_CONFIG_DIR: "/a, /b" }, ["/a", "/b"]],
  ["added ones come after, ~ is home", ["~/old"], { CLAUDE_CONFIG_DIR: "/a" }, ["/a", "/home/sam/old"]],
  ["blanks are no folders", [" "], { CLAUDE_CONFIG_DIR: "/a," }, ["/a"]],
  ["none twice", ["/a/"], { CLAUDE_CONFIG_DIR: "/a" }, ["/a"]],
])("%s", (_, added, env, expected) => {
  expect(claudeFolders(added, env, "/home/sam")).toEqual(expected);
});
