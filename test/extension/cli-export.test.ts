import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { scratch } from "../scratch.ts";
import { openDemo } from "./agent-trace.ts";

// Processes take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

const FLAKY = "9c60";

let it: Awaited<ReturnType<typeof openDemo>>;
const demo = (env?: NodeJS.ProcessEnv) => it.demo(env);
const json = (...args: string[]) => it.json(...args);

beforeAll(async () => {
  it = await openDemo();
});

afterAll(() => it?.[Symbol.asyncDispose]());

test.each(["json", "ndjson", "csv", "md", "html", "otlp"])(
  "as %s, to a file and to a pipe, is the same",
  async format => {
    await using folder = await scratch();
    const piped = await demo().run("export", FLAKY, "--format", format);
    const saved = await demo().run("export", FLAKY, "--format", format, "--out", folder.at("file"));
    expect([piped.code, saved.code]).toEqual([0, 0]);
    expect(saved.out).toMatch(/^1 session in .*file \(\d+ kB\)\.\n$/);
    expect(await readFile(folder.at("file"), "utf8")).toBe(piped.out);
    expect(piped.out.includes("one run out of five")).toBe(format !== "otlp");
  },
);

test("into a folder that is not there, it says so", async () => {
  await using folder = await scratch();
  expect(await demo().run("export", FLAKY, "--out", folder.at("none/a.html"))).toMatchObject({
    ...{
      code: 1,
      err: `agent-trace: ${folder.at("none/a.html")} can't be written: its folder is not there.\n`,
    },
  });
});

test("several, by what they have in common, in the format that the file's name says", async () => {
  await using folder = await scratch();
  const project = "/home/sam/dev/checkout-api";
  await demo().run("export", "--project", project, "--out", folder.at("all.ndjson"));
  const lines = (await readFile(folder.at("all.ndjson"), "utf8")).trimEnd().split("\n");
  const sessions = lines.map(line => JSON.parse(line)).filter(({ type }) => type === "session");
  expect(sessions.map(session => session.project)).toEqual([project, project, project]);
});

test("spans go to a collector, which may be our own, and wants its key", async () => {
  const { port, dataDir } = await json("status");
  const to = ["export", FLAKY, "--endpoint", `http://127.0.0.1:${port}`];
  const token = (await readFile(`${dataDir}/token`, "utf8")).trim();
  expect(await demo().run(...to, "--header", `authorization=Bearer ${token}`)).toEqual({
    ...{ code: 0, err: "" },
    out: expect.stringMatching(/^1 session sent to http:.*, as \d+ spans\.\n$/),
  });
  expect(await demo().run(...to)).toMatchObject({
    ...{
      code: 1,
      err: expect.stringMatching(/It wants a key.*1 session will be sent first when you say this again/),
    },
  });
  // It waits for the words it was to go with, and goes with whatever else is sent there.
  const env = { OUR_TOKEN: `Bearer ${token}` };
  const others = ["export", "--project", "/home/sam/dev/checkout-api", ...to.slice(2)];
  expect(await demo(env).run(...others, "--header", "authorization=env:OUR_TOKEN")).toMatchObject({
    ...{ code: 0, out: expect.stringMatching(/^[34] sessions sent to http:/) },
  });
});

test.each([
  [["--format", "xml"], /--format wants json, ndjson, csv, md, html or otlp, not xml/],
  [["--words", "some"], /--words wants none, prompts or all/],
  [["--endpoint", "nowhere"], /An endpoint is an address/],
  [["--preset", "nobody"], /--preset wants datadog, /],
  [["--preset", "splunk"], /Set SPLUNK_ACCESS_TOKEN in the environment/],
  [
    ["--endpoint", "http://127.0.0.1:9", "--protocol", "grpc"],
    /--protocol wants http\/protobuf or http\/json/,
  ],
  [["--endpoint", "http://127.0.0.1:9", "--header", "key"], /--header wants NAME=VALUE/],
  [["--endpoint", "http://127.0.0.1:9", "--format", "csv"], /takes spans only/],
])("%j makes no sense", async (args, words) => {
  expect(await demo().run("export", ...args)).toMatchObject({
    ...{ code: 2, err: expect.stringMatching(words) },
  });
});
