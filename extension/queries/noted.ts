import { createHash } from "node:crypto";
import type { Claim } from "../clean/claims.ts";
import { claimsOfNote } from "../clean/git-ai.ts";
import { plainLines } from "../clean/patch.ts";
import type { OtherSpan } from "../questions.ts";
import { NOBODY, Written } from "./blame.ts";
import type { Git } from "./git.ts";

/** So many of the last commits of a file are looked at. */
const MOST_COMMITS = 200;
const NEW = 0;
const NONE = "0".repeat(40);

/** The last commit's text of a file, and who wrote which lines of it. */
export interface Noted {
  lines: string[];
  owners: Int32Array;
  others: Pick<OtherSpan, "by" | "sure">[];
}

/** Where it says what is noted: records, and in which of Git's notes. */
interface Sources {
  head: string;
  claims: Claim[];
  notes: string;
}

/** A file as of a commit. */
interface Base {
  commit: string;
  lines: string[];
  isNew: (line: number) => boolean;
}

/**
 * Reads who wrote lines of a file as other programs noted it down at commits. What they say counts only for lines
 * that came with the commit; these are followed to the last one.
 */
export async function noted(git: Git, path: string, { head, claims, notes }: Sources): Promise<Noted> {
  const history = await git.history(path, MOST_COMMITS);
  const all = [...claims, ...(notes === "" ? [] : await claimsInNotes(git, notes, path, history))];
  const basesOf = await readBases(git, path, history, all);
  const others: Noted["others"] = [];
  const claimed = new Map<Base, Int32Array>();
  for (const claim of all) {
    const base = basesOf(claim).find(base => fits(claim, base));
    if (!base) continue;
    const isPlaced = claim.of !== "next" && base.commit === claim.revision;
    const other = others.push({ by: claim.by, sure: isPlaced || claim.hash !== undefined }) - 1;
    const owners = claimed.get(base) ?? new Int32Array(base.lines.length).fill(NOBODY);
    for (let line = claim.start - 1; line < Math.min(claim.end, owners.length); line++)
      if (base.isNew(line)) owners[line] = other;
    claimed.set(base, owners);
  }
  const last = (await git.texts([`${head}:${path}`])).values().next().value ?? "";
  const lines = plainLines(last);
  const owners = new Int32Array(lines.length).fill(NOBODY);
  for (const [base, of] of claimed) {
    const written = new Written(base.lines, of);
    written.next(lines, NOBODY);
    written.owners.forEach((owner, line) => {
      if (owner >= 0) owners[line] = owner;
    });
  }
  return { lines, owners, others };
}

async function claimsInNotes(
  git: Git,
  ref: string,
  path: string,
  history: Map<string, string[]>,
): Promise<Claim[]> {
  const notes = await git.notes(ref);
  const mine = [...history.keys()].flatMap(commit => {
    const note = notes.get(commit);
    return note === undefined ? [] : [{ commit, note }];
  });
  const texts = await git.texts(mine.map(({ note }) => note));
  const me = mine.length > 0 ? await git.me() : "";
  const claims = mine.flatMap(({ commit, note }) => claimsOfNote(texts.get(note) ?? "", commit, me) ?? []);
  return claims.filter(claim => claim.path === path);
}

/** Tells the commits that the lines of a claim may have come with. */
async function readBases(git: Git, path: string, history: Map<string, string[]>, claims: Claim[]) {
  const next = new Map([...history].map(([commit, [parent = ""]]) => [parent, commit]));
  const commitsOf = ({ revision, of }: Claim) => {
    const it = of === "next" || !history.has(revision) ? [] : [revision];
    const after = of === "it" ? undefined : next.get(revision);
    return after === undefined ? it : [...it, after];
  };
  const wanted = [...new Set(claims.flatMap(commitsOf))];
  // A first commit has none before it, and what would be asked of no commit is the index.
  const pairs = wanted.map(commit => [commit, history.get(commit)?.[0] ?? NONE] as const);
  const texts = await git.texts(pairs.flatMap(pair => pair.map(commit => `${commit}:${path}`)));
  const linesAt = (commit: string) => plainLines(texts.get(`${commit}:${path}`) ?? "");
  const bases = new Map(
    pairs.map(([commit, parent]): [string, Base] => {
      const lines = linesAt(commit);
      const written = new Written(linesAt(parent));
      written.next(lines, NEW);
      return [commit, { commit, lines, isNew: line => written.owners[line] === NEW }];
    }),
  );
  return (claim: Claim) => commitsOf(claim).flatMap(commit => bases.get(commit) ?? []);
}

/** Whether the lines of a claim are those of a commit. */
function fits({ start, end, hash }: Claim, { lines, isNew }: Base): boolean {
  const some = lines.slice(start - 1, end);
  if (hash === undefined) return some.some((_, i) => isNew(start - 1 + i));
  const text = some.join("");
  // The format does not say whether the end of the last line counts.
  return [text, text.replace(/\n$/, "")].some(text => hash === `sha256:${sha256(text)}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
