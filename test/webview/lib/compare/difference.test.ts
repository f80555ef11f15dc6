import { expect, test } from "vitest";
import {
  costDifference,
  countDifference,
  shareDifference,
  timeDifference,
  tokensDifference,
} from "../../../../webview/lib/compare/difference.ts";

test.each<[string, string, string]>([
  [costDifference(1.24, 0.83), "$0.41 less, 33 %", "cheaper"],
  [costDifference(0.5, 0.75), "$0.25 more, 50 %", "dearer"],
  [costDifference(0.5, 2), "$1.50 more", "more than double, where a share says nothing"],
  [costDifference(0, 2), "$2.00 more", "against nothing"],
  [costDifference(0.1 + 0.2, 0.3), "the same", "what sums leave over"],
  [timeDifference(60_000, 180_000), "2 min longer", "slower"],
  [timeDifference(9000, 4800), "4.2 s shorter", "quicker"],
  [timeDifference(1000, 1050), "the same", "too short to tell"],
  [countDifference(1, 4), "3 more", "more of them"],
  [countDifference(1400, 2), "1,398 fewer", "fewer of them"],
  [countDifference(3, 2, "line"), "1 line fewer", "with what they are"],
  [countDifference(2, 2), "the same", "as many"],
  [tokensDifference(1_000_000, 70_000), "930 k fewer", "tokens"],
  [shareDifference(0.9, 0.854), "5 points fewer", "shares"],
  [shareDifference(0.9, 0.901), "the same", "shares that are told alike"],
  [shareDifference(0.9, undefined), "", "a share that one side lacks"],
])("%s is %s: %s", (told, words) => expect(told).toBe(words));
