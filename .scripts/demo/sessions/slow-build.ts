import { bash } from "../bash.ts";
import { say, think } from "../blocks.ts";
import type { Project } from "../project.ts";
import type { DemoFile } from "../scope.ts";
import { Session } from "../session.ts";
import { edit, read } from "../tools.ts";

/** A session that ends without an answer; failures are part of the picture. */
export function slowBuild(project: Project): DemoFile[] {
  const s = new Session({
    project,
    seed: 1118,
    start: "2026-11-18T15:47:02Z",
    model: "sonnet 5.5",
    title: "Why is the docs build slow on CI",
  });

  s.prompt("The docs build takes 9 minutes on CI and 40 seconds here. Why?");
  s.reply(read("scripts/build.mjs"), read(".github/workflows/docs.yml"));
  s.reply(bash("time npm run build", "Time the build here", buildHere, { ms: 41_200 }));
  s.reply(
    think(
      "AVIF at effort 9 is slow but the same here. CI runs in alpine: sharp has another binary for musl, maybe none.",
      520,
    ),
    say("The pictures are the slow part, and CI builds them in an Alpine image. I run that image here."),
    bash(inAlpine, "Build in the image of CI", noBinary, { ms: 63_800, exit: 1 }),
  );
  s.reply(
    say(
      "`sharp` has no binary for Alpine, so the build does not even start here. CI may compile it on each run, which would explain the minutes, but I cannot see its log.",
    ),
  );

  s.wait(66);
  s.prompt("does it work if the container is debian?");
  s.reply(edit(".github/workflows/docs.yml", "node:24-alpine", "node:24-slim"));
  s.reply(
    bash(inAlpine.replace("alpine", "slim"), "Build in a Debian image", outOfMemory, {
      ms: 118_000,
      exit: 137,
    }),
  );
  s.reply(
    say(
      "Not solved. With Debian `sharp` loads, but the build is killed for want of memory at 3200 px (2 GB here, and I do not know what CI has). What is certain: on Alpine there is no binary for musl. Open: whether CI compiles it, and how much memory the runner has. The edit of `docs.yml` is still in the working copy.",
    ),
  );
  return s.quit();
}

const inAlpine = 'docker run --rm -m 2g -v "$PWD":/w -w /w node:24-alpine sh -c "npm ci && npm run build"';

const buildHere = `> atlas-docs@1.0.0 build
> node scripts/build.mjs

real	0m40.318s
user	2m31.904s
sys	0m3.377s`;

const noBinary = `added 61 packages in 48s

> atlas-docs@1.0.0 build
> node scripts/build.mjs

Error: Could not load the "sharp" module using the linuxmusl-x64 runtime
    at Object.<anonymous> (/w/node_modules/sharp/lib/sharp.js:113:9)
Node.js v24.4.1`;

const outOfMemory = `added 61 packages in 39s

> atlas-docs@1.0.0 build
> node scripts/build.mjs

Killed`;
