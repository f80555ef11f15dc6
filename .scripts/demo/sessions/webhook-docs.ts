import { agent } from "../agent.ts";
import { bash, branch, commit, openPullRequest, rewrite } from "../bash.ts";
import { say } from "../blocks.ts";
import type { Project } from "../project.ts";
import type { DemoFile } from "../scope.ts";
import { Session } from "../session.ts";
import { edit, read, write } from "../tools.ts";

/** Docs: a page is written while an agent in the background checks links, then a pull request. */
export function webhookDocs(project: Project): DemoFile[] {
  const s = new Session({
    project,
    seed: 1119,
    start: "2026-11-19T11:05:20Z",
    model: "sonnet 5.5",
    title: "Document webhook retries",
  });
  const links = checkLinks();

  s.prompt(
    "Document how webhook retries work, on a page of its own. The truth is in notes/webhook-retries.txt. And check the links of the webhook pages while you are at it.",
  );
  s.reply(branch("webhook-retries"), read("notes/webhook-retries.txt"), read("docs/webhooks.md"));
  s.reply(links);
  s.reply(write("docs/webhook-retries.md", page));
  s.reply(
    edit(
      "docs/webhooks.md",
      "Deliveries that fail are tried again. TODO: describe how.",
      "Deliveries that fail are [tried again](webhook-retries.md), six times in all.",
    ),
    rewrite(
      `sed -i 's|"webhooks.md",|"webhooks.md", "webhook-retries.md",|' site.json`,
      "Add the page to the site",
      ["site.json"],
      text => text.replace('"webhooks.md",', '"webhooks.md", "webhook-retries.md",'),
    ),
  );
  s.reply(say("The page is written and linked. I wait for the link check."));

  s.report(links);
  s.reply(edit("docs/webhooks.md", "[events](event-list.md)", "[events](events.md)"));
  s.reply(say("The check found one dead link, `event-list.md`; the page is called `events.md`. Fixed."));

  s.wait(140);
  s.prompt("reads well. commit and open a PR");
  s.reply(commit("Document webhook retries", "docs/webhooks.md", "docs/webhook-retries.md", "site.json"));
  s.reply(
    openPullRequest(
      "acme-example/atlas-docs",
      214,
      "Document webhook retries",
      "Adds a page on retries and fixes a dead link.",
    ),
  );
  s.reply(say("https://github.com/acme-example/atlas-docs/pull/214 is open."));
  return s.quit();
}

function checkLinks() {
  const job = {
    type: "general-purpose",
    model: "haiku 5.5",
    description: "Check links",
    prompt:
      "Check every relative link in docs/webhook*.md and report those which lead nowhere. Change nothing.",
    background: true,
  } as const;
  return agent(job, helper => {
    helper.reply(bash('rg -no "\\]\\(([^)]+)\\)" -r "$1" docs', "List all links", allLinks));
    helper.reply(
      bash(
        "for f in signatures event-list; do test -f docs/$f.md && echo ok $f || echo missing $f; done",
        "Test each target",
        "ok signatures\nmissing event-list",
        { ms: 42_000 },
      ),
    );
    helper.reply(
      say("One dead link: docs/webhooks.md line 14 points to event-list.md; the page is events.md."),
    );
  });
}

const allLinks = `docs/webhooks.md:7:signatures.md
docs/webhooks.md:14:event-list.md`;

const page = `# Retries

Atlas tries to deliver a webhook six times. You only have to do two things:
answer with a 2xx status within 10 seconds, and ignore what you have already seen.

## When

| try | after the one before |
| --- | -------------------- |
| 1   | at once              |
| 2   | 1 minute             |
| 3   | 5 minutes            |
| 4   | 30 minutes           |
| 5   | 2 hours              |
| 6   | 6 hours              |

No answer within 10 seconds counts as a failure. After the last try a delivery
is kept for 7 days, and you can send it again by hand.

## Seeing a delivery twice

All tries of a delivery carry the same \`atlas-delivery\` header. Keep the values
of the last day and answer 200 to one you know.

## Stopping

Answer 410 and Atlas stops at once and switches the endpoint off.
`;
