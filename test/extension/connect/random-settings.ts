import { chance } from "../chance.ts";

/** Settings as a user might have written them, and stranger: comments, commas and line ends wherever they may be. */
export function randomSettings(seed: number): string {
  const { below, pick, shuffled } = chance(seed);
  const eol = pick(["\n", "\r\n"]);
  const indent = pick(["  ", "    ", "\t"]);
  const some = <T>(items: T[]) => shuffled(items).slice(0, below(items.length + 1));

  const strange = [
    "",
    "",
    " ",
    eol,
    `${eol}${eol} `,
    "/* , ] } */",
    `// "hooks": {${eol}`,
    ` /* c */ // d${eol}${indent}`,
  ];
  const tidy = seed % 3 === 0;
  const gap = (usual: string) => (tidy ? usual : pick([usual, usual, ...strange]));

  function box(open: string, items: string[], close: string, depth: number): string {
    if (items.length === 0) return open + gap("") + close;
    const line = eol + indent.repeat(depth + 1);
    const inner = items.map(item => gap(line) + item + gap("")).join(",");
    return open + inner + (below(4) === 0 ? `,${gap("")}` : "") + gap(eol + indent.repeat(depth)) + close;
  }
  const object = (fields: [string, string][], depth: number) =>
    box(
      "{",
      fields.map(([name, value]) => `${JSON.stringify(name)}:${gap(" ")}${value}`),
      "}",
      depth,
    );

  const scalar = () =>
    pick([
      "1",
      "null",
      "true",
      '"opus"',
      '"// no comment, {"',
      '"\\"hooks\\": ["',
      "[]",
      "{}",
      '["a", {"b": 1}]',
    ]);
  const hook = () =>
    object(
      [
        ["type", '"command"'],
        ["command", pick(['"date"', '"echo \\"}\\" ,"'])],
      ],
      4,
    );
  const group = () =>
    object(
      [
        ...(below(2) ? [["matcher", '"Edit|Write"'] as [string, string]] : []),
        ["hooks", box("[", some([hook(), hook()]), "]", 3)],
      ],
      3,
    );
  const hooks = () =>
    object(
      some(["SessionStart", "Stop", "SessionEnd", "Unheard"]).map(event => [
        event,
        box("[", some([group(), group()]), "]", 2),
      ]),
      1,
    );
  const env = () =>
    object(
      some(["A", "PATH_OF", pick(["B", "OTEL_LOGS_EXPORTER"])]).map(name => [name, '"x,"']),
      1,
    );

  const fields: [string, string][] = [
    ["model", scalar()],
    ["permissions", scalar()],
    ["hooks", hooks()],
    ["env", env()],
    ["last", scalar()],
  ];
  const above = pick(["", "", "", eol, "\ufeff", `// mine${eol}`, "/* a */ "]);
  const under = pick(["", eol, eol, `${eol}${eol}`, ` // end${eol}`]);
  return above + (below(20) === 0 ? "" : object(some(fields), 0)) + under;
}
