import type { BillFilter, BillWanted, BreakdownWanted, DerivationWanted, ReasonsWanted } from "../bill.ts";
import type { ImportedLine } from "../imports.ts";
import type {
  BlameWanted,
  ChangesWanted,
  EditsWanted,
  ProgramEvent,
  SearchWanted,
  SessionsWanted,
  StepsWanted,
  TakeBackWanted,
  UsageWanted,
} from "../questions.ts";
import { ALERT_ROUTES } from "./alert-routes.ts";
import { done } from "./done.ts";
import { describe } from "./openapi.ts";
import { OTLP_ROUTES } from "./otlp.ts";
import type { Asked, Route } from "./route.ts";
import { Mismatch } from "./schema.ts";
import * as schemas from "./schemas.ts";

type OfSession = Asked & { params: { id: string } };

/** All that the owner answers: both the server and its description are made of this. */
export const ROUTES: Route[] = [
  {
    ...{ method: "GET", path: "/health", open: true },
    does: "Says that the recorder is there.",
    answers: "Always the same.",
    handle: () => ({ ok: true }),
  },
  {
    ...{ method: "POST", path: "/v1/hooks" },
    does: "Takes in what a hook of Claude Code says.",
    body: schemas.HOOK,
    answers: "Nothing; what was said is safe on the disk.",
    handle: ({ receive }, { body }) => done(receive(body)),
  },
  {
    ...{ method: "POST", path: "/api/events" },
    does: "Takes in what other programs tell of themselves: all of it, or nothing when something is wrong.",
    body: schemas.EVENTS,
    answers: "How many were taken in; they are safe on the disk.",
    handle: async ({ receiveEvents }, { body }: Asked & { body: { events: ProgramEvent[] } }) => {
      await receiveEvents(body.events);
      return { accepted: body.events.length };
    },
  },
  {
    ...{ method: "POST", path: "/api/events/replay" },
    does: "Tries anew to store the events that could not be.",
    answers: "How many there were.",
    handle: async ({ api }) => ({ events: await api.replayEvents() }),
  },
  {
    ...{ method: "GET", path: "/api/stream", type: "text/event-stream" },
    does: "Tells of every change as it happens, and of those that were missed since Last-Event-ID.",
    answers: 'Which session changed, {"kind":"alert"}, or {"kind":"state"}: then ask for everything again.',
    handle: ({ feed }, { headers }, reply) => feed.follow(headers["last-event-id"], reply),
  },
  {
    ...{ method: "GET", path: "/api/openapi.json" },
    does: "Describes all of this.",
    answers: "An OpenAPI document.",
    handle: () => describe([...ROUTES, ...OTLP_ROUTES]),
  },
  {
    ...{ method: "GET", path: "/api/sessions" },
    does: "Lists sessions, the one last at work first: all of them, or those that are wanted.",
    query: schemas.SESSIONS,
    answers: "Sessions.",
    handle: ({ api }, { query }: Asked & { query: SessionsWanted }) => api.sessions(query),
  },
  {
    ...{ method: "GET", path: "/api/sessions/:id" },
    does: "Tells a session whole.",
    answers: "The session with its prompts, steps, sub-agents, files and commits.",
    handle: ({ api }, { params }: OfSession) => api.session(params.id),
  },
  {
    ...{ method: "GET", path: "/api/sessions/:id/timeline" },
    does: "Tells the steps of a session in their order, page by page.",
    query: schemas.STEPS,
    answers: "Steps, each with the prompt that it followed.",
    handle: ({ api }, { params, query }: OfSession & { query: StepsWanted }) =>
      api.timeline(params.id, query),
  },
  {
    ...{ method: "GET", path: "/api/sessions/:id/steps/:step" },
    does: "Reads what was said and done in a step.",
    answers: "Its words, as far as they can still be read.",
    handle: ({ api }, { params }: Asked & { params: { id: string; step: string } }) =>
      api.content(params.id, params.step),
  },
  {
    ...{ method: "GET", path: "/api/edits" },
    does: "Tells who changed a file, or what a session changed, the last one first.",
    query: schemas.EDITS,
    answers: "Edits.",
    handle: ({ api }, { query }: Asked & { query: EditsWanted }) => {
      if (!query.session && !query.file) throw new Mismatch("Say of which session or of which file.");
      return api.edits(query);
    },
  },
  {
    ...{ method: "GET", path: "/api/sessions/:id/changes" },
    does: "Tells what a session changed, or a step, a prompt or a sub-agent of it, without what others did in between.",
    query: schemas.CHANGES,
    answers: "Files, before and after.",
    handle: ({ api }, { params, query }: OfSession & { query: ChangesWanted }) =>
      api.changes(params.id, query),
  },
  {
    ...{ method: "POST", path: "/api/sessions/:id/take-back" },
    does: "Takes such changes back in a text that may have been changed since; no file is written.",
    body: schemas.TAKE_BACK,
    answers: "The text without them, and the places that somebody changed since.",
    handle: ({ api }, { params, body }: OfSession & { body: TakeBackWanted }) =>
      api.takeBack(params.id, body),
  },
  {
    ...{ method: "POST", path: "/api/blame" },
    does: "Tells which steps wrote the lines of a file as it reads by now.",
    body: schemas.BLAME,
    answers: "Lines, and the steps that wrote them, or who else as other programs noted it down.",
    handle: ({ api }, { body }: Asked & { body: BlameWanted }) => api.blame(body),
  },
  {
    ...{ method: "GET", path: "/api/file-history" },
    does: "Tells which steps changed a file, and what for, the last one first.",
    query: schemas.PATH,
    answers: "Steps.",
    handle: ({ api }, { query }: Asked & { query: { file: string } }) => api.fileHistory(query.file),
  },
  {
    ...{ method: "GET", path: "/api/usage" },
    does: "Adds up tokens and dollars by day, model, project, agent or session, or by two of them.",
    query: schemas.USAGE,
    answers: "What each of them used, by name.",
    handle: ({ api }, { query }: Asked & { query: UsageWanted }) => api.usage(query),
  },
  {
    ...{ method: "GET", path: "/api/bill" },
    does: "Tells which sessions the money went to.",
    query: schemas.BILL,
    answers: "Sessions, the dearest first, each with what it cost in that time, and what came of it.",
    handle: ({ api }, { query }: Asked & { query: BillWanted }) => api.bill(query),
  },
  {
    ...{ method: "GET", path: "/api/bill/breakdown" },
    does: "Tells which projects, models, agents, skills, tools, hours, buckets and cache misses the money went to.",
    query: schemas.BREAKDOWN,
    answers: "What each of them cost; hours are of the week, from Monday on.",
    handle: ({ api }, { query }: Asked & { query: BreakdownWanted }) => api.breakdown(query),
  },
  {
    ...{ method: "GET", path: "/api/bill/derivation" },
    does: "Tells how the cost of a session or prompt came about.",
    query: schemas.DERIVATION,
    answers: "Its requests, each with its tokens, prices and place in a transcript.",
    handle: ({ api }, { query }: Asked & { query: DerivationWanted }) => api.derivation(query),
  },
  {
    ...{ method: "GET", path: "/api/bill/findings" },
    does: "Looks for what wastes money.",
    query: schemas.FINDINGS,
    answers: "What was found, the largest saving first.",
    handle: ({ api }, { query }: Asked & { query: BillFilter }) => api.findings(query),
  },
  {
    ...{ method: "GET", path: "/api/bill/reasons" },
    does: "Tells why a day cost more than usual.",
    query: schemas.REASONS,
    answers: "The largest reasons first.",
    handle: ({ api }, { query }: Asked & { query: ReasonsWanted }) => api.reasons(query),
  },
  ...ALERT_ROUTES,
  {
    ...{ method: "POST", path: "/api/prices" },
    does: "Counts costs by another list of prices from now on: the text that the price package's source holds.",
    body: schemas.PRICES,
    answers: "How many models it has, and whether it differs from the list of before.",
    handle: ({ api }, { body }: Asked & { body: { list: string } }) => api.takePrices(body.list),
  },
  {
    ...{ method: "GET", path: "/api/search" },
    does: "Finds words in all that was said and done, in the session last at work first, for as long as a moment.",
    query: schemas.SEARCH,
    answers: "Where the words are, and where to go on, until all is searched.",
    handle: ({ api }, { query }: Asked & { query: SearchWanted }) => api.search(query),
  },
  {
    ...{ method: "GET", path: "/api/totals" },
    does: "Adds up everything.",
    answers: "The sums.",
    handle: ({ api }) => api.totals(),
  },
  {
    ...{ method: "GET", path: "/api/state" },
    does: "Tells how the recorder is doing, and what it reads.",
    answers: "Its state.",
    handle: ({ api }) => api.state(),
  },
  {
    ...{ method: "POST", path: "/api/import" },
    does: "Takes in lines of an export: all of them, or nothing when something is wrong.",
    body: schemas.IMPORT,
    answers: "Nothing; they are stored.",
    handle: ({ api }, { body }: Asked & { body: { lines: ImportedLine[] } }) => done(api.takeIn(body.lines)),
  },
  {
    ...{ method: "POST", path: "/api/forward/agree" },
    does: "Agrees that sessions are sent on from now, to where and with as many words as the state says.",
    answers: "Nothing; they are.",
    handle: ({ api }) => done(api.agreeToForward()),
  },
  {
    ...{ method: "POST", path: "/api/scan" },
    does: "Looks through the folders of Claude Code again.",
    answers: "Nothing.",
    handle: ({ api }) => done(api.scan()),
  },
  {
    ...{ method: "POST", path: "/api/store/back-up" },
    does: "Writes a copy of the store to a new file.",
    body: schemas.FILE,
    answers: "Nothing; the file is written.",
    handle: ({ api }, { body }: Asked & { body: { file: string } }) => done(api.backUp(body.file)),
  },
  {
    ...{ method: "POST", path: "/api/store/compact" },
    does: "Gives back the room that deleted data left in the store.",
    answers: "Its size before and after, in bytes.",
    handle: ({ api }) => api.compact(),
  },
  {
    ...{ method: "POST", path: "/api/store/delete-sessions" },
    does: "Deletes sessions for good; Claude Code's own transcripts stay.",
    body: schemas.IDS,
    answers: "Nothing; they are gone.",
    handle: ({ api }, { body }: Asked & { body: { ids: string[] } }) => done(api.deleteSessions(body.ids)),
  },
  {
    ...{ method: "POST", path: "/api/store/delete-all" },
    does: "Deletes all that was recorded, and reads nothing until it is told to.",
    answers: "Nothing; it is gone.",
    handle: ({ api }) => done(api.deleteAll()),
  },
  {
    ...{ method: "POST", path: "/api/store/read-again" },
    does: "Reads all transcripts again, as after everything was deleted.",
    answers: "Nothing.",
    handle: ({ api }) => done(api.readAgain()),
  },
];
