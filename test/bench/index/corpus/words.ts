import type { Chance } from "../../store/made-up/chance.ts";

type Some = readonly [string, ...string[]];

const PLAIN =
  `the a this that every one some no its our when while after before because so and or but with without
  from into over under test fails passes function module file line error value result request answer session store
  reader writer cache index query row column key token price model agent step change edit branch commit merge review
  config option default path folder name type list map set queue worker thread process timeout retry limit event
  handler listener state view panel button label theme layout parse read write open close start stop send receive
  keep drop split join sort filter check measure rename move remove add fix build run ship first last next same
  other small large slow fast empty missing wrong right clean stale local remote public private`
    .split(/\s+/)
    .filter(Boolean) as [string, ...string[]];
/** What a reader of JSON lines trips over when it is careless: quotes, backslashes, characters of all lengths. */
const ODD: Some = [
  ...(['"as is"', "`useState`", "C:\\Users\\sam", "naïve", "größer", "→", "–", "…"] as const),
  ...["日本語", "проверка", "🙂", "🤖", "`a && b`", "<div>", "50 %", "src/index.ts:42"],
];
const ENDS: Some = [". ", ". ", ". ", ".\n", ".\n\n", ": ", "? ", ".\n- ", ".\n\n## "];

/** A sentence, and what stands between it and the next. */
export function sentence(chance: Chance): string {
  const count = chance.whole(4, 18);
  const words = Array.from({ length: count }, () => chance.pick(chance.happens(0.04) ? ODD : PLAIN));
  const text = words.join(" ");
  return text[0]?.toUpperCase() + text.slice(1) + chance.pick(ENDS);
}

/** In all of these, `@` stands for a name and `#` for a number. */
const CODE: Some = [
  "  const @ = await @.@(@, { @: # });",
  "  if (@ !== undefined && @.length > #) return @;",
  'export function @(@: string, @ = "@"): number {',
  '    throw new Error(`@ of @ is "@"\\n`);',
  "  // The @ of a @ is @, so that every @ finds it – even @.",
  "  @.push(...@.map(({ @ }) => @ ?? null));",
  'import { @, type @ } from "./@.ts";',
  "\tself.@ = [@ for @ in @ if @ != '@']",
  '  <@ class="@ @" onClick={() => @(@)} />',
  '  expect(@(/^\\s*@\\b"?$/u)).toEqual({ @: "größer → @", 日本: # });',
  ...["", "}", "  }", "", "    },"],
];
const OUTPUT: Some = [
  " \u001b[32m✓\u001b[39m @/@.test.ts > @ @ @ \u001b[2m# ms\u001b[22m",
  'src/@/@.ts:#:  const @ = "@";',
  "-rw-r--r-- 1 sam sam # Nov 11 10:12 @.ts",
  '2026-11-03T09:12:44.102Z [@] @=# @="@ @"',
  "    at @ (/home/sam/dev/shop/src/@.ts:#:#)",
  '{"@":#,"@":["@",null,true],"@":{"@":"@\\t@"}}',
  "+  const @ = await @.@(@);",
  "| @ | @ | # % |",
];
const COMMANDS: Some = [
  "npm test -- @",
  'grep -rn "@" src | head -#',
  "sed -n '1,#p' src/@.ts",
  "git diff --stat && git status --short",
  "cd packages/@ && npx tsc --noEmit 2>&1 | tail -#",
  "node -e 'console.log(require(\"./@\").@)'",
  "cat <<'EOF' > /tmp/@.sh\nset -eu\nfor f in *.ts; do echo \"$f\"; done\nEOF\nbash /tmp/@.sh",
];

/** A line of code, without its end. */
export function codeLine(chance: Chance): string {
  return filled(chance.pick(CODE), chance);
}

/** A line that a command printed, without its end. */
export function outputLine(chance: Chance): string {
  return filled(chance.pick(OUTPUT), chance);
}

/** What a command line says. */
export function command(chance: Chance): string {
  return filled(chance.pick(COMMANDS), chance);
}

/** A name as code has them. */
export function identifier(chance: Chance): string {
  const [first, second] = [chance.pick(PLAIN), chance.pick(PLAIN)];
  return chance.happens(0.5) ? first : first + second[0]?.toUpperCase() + second.slice(1);
}

function filled(text: string, chance: Chance): string {
  return text.replaceAll(/[@#]/g, sign => (sign === "@" ? identifier(chance) : `${chance.whole(1, 999)}`));
}
