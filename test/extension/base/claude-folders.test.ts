import { expect, test } from "vitest";
import { claudeFolders } from "../../../extension/base/claude-folders.ts";

test.each<[string, unknown, NodeJS.ProcessEnv, string[]]>([
  ["the usual two", [], {}, ["/home/sam/.claude", "/home/sam/.config/claude"]],
  ["CLAUDE_CONFIG_DIR instead of them", [], { CLAUDE_CONFIG_DIR: "/srv/claude" }, ["/srv/claude"]],
  ["several in CLAUDE_CONFIG_DIR", [], { CLAUDE_CONFIG_DIR: "/a, /b" }, ["/a", "/b"]],
  ["added ones come after, ~ is home", ["~/old"], { CLAUDE_CONFIG_DIR: "/a" }, ["/a", "/home/sam/old"]],
  ["blanks are no folders", [" "], { CLAUDE_CONFIG_DIR: "/a," }, ["/a"]],
  ["one that is no list", "~/old", { CLAUDE_CONFIG_DIR: "/a" }, ["/a", "/home/sam/old"]],
  ["what is no text is no folder", [1, null, "/b"], { CLAUDE_CONFIG_DIR: "/a" }, ["/a", "/b"]],
  ["nothing", null, { CLAUDE_CONFIG_DIR: "/a" }, ["/a"]],
  ["none twice", ["/a/"], { CLAUDE_CONFIG_DIR: "/a" }, ["/a"]],
])("%s", (_, added, env, expected) => {
  expect(claudeFolders(added, env, "/home/sam")).toEqual(expected);
});
