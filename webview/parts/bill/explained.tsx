import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { count, exactClock, money } from "../../../extension/base/format.ts";
import { dayAt } from "../../../extension/base/usual.ts";
import type { Derivation, DerivationWanted, DerivedRequest, Rates } from "../../../extension/bill.ts";
import { useAsked } from "../../asked.ts";
import { billHost } from "../../host.ts";
import { dayName } from "../../lib/bill/range.ts";
import type { Column } from "../../lib/bill/table.ts";
import { modelName } from "../../lib/words.ts";
import { Link } from "../link.tsx";
import { Prompts } from "./prompts.tsx";
import { Reconciled } from "./reconciled.tsx";
import { Table } from "./table.tsx";

interface ExplainedProps {
  wanted: DerivationWanted;
  onExplain: (wanted: DerivationWanted) => void;
  onBack: () => void;
}

/** How an amount came about: each request with its tokens, prices and place. */
export function Explained({ wanted, onExplain, onBack }: ExplainedProps): JSX.Element {
  const [answer] = useAsked(() => billHost.derivation(wanted), wanted);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => event.key === "Escape" && onBack();
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, []);
  return (
    <main class="bill explained">
      <header class="controls">
        <Link class="back" onPress={onBack}>
          ← The bill
        </Link>
        {answer.kind === "loaded" && <Heading derivation={answer.value} />}
      </header>
      {answer.kind === "failed" && <p role="alert">{answer.why}</p>}
      {answer.kind === "loaded" && (
        <>
          <Reconciled derivation={answer.value} />
          {wanted.prompt === undefined && <Prompts session={wanted.session} onExplain={onExplain} />}
          <section class="box requests" aria-label="Requests">
            <Table
              title="Requests"
              aside="tokens × dollars per million · click a line to see it in the transcript"
              rows={answer.value.requests}
              columns={columnsOf(answer.value.requests)}
              id={row => row.id}
              first={{ column: "Time", descending: false }}
              empty="No response of the model belongs to it."
            />
          </section>
        </>
      )}
    </main>
  );
}

function Heading({ derivation: { session, costUsd, prompt } }: { derivation: Derivation }): JSX.Element {
  return (
    <h1>
      {money(costUsd)} for {prompt === null ? "" : "a prompt in "}
      <Link class="to" title="Open the replay" onPress={() => void billHost.openReplay(session.id, null)}>
        {session.title}
      </Link>
    </h1>
  );
}

const BUCKETS: [keyof Rates, string][] = [
  ["input", "Input"],
  ["output", "Output"],
  ["cacheRead", "Cache read"],
  ["cacheWrite5m", "Written, 5 min"],
  ["cacheWrite1h", "Written, 1 h"],
];

/** Without the buckets that nothing was in. */
function columnsOf(requests: DerivedRequest[]): Column<DerivedRequest>[] {
  const used = BUCKETS.filter(([bucket]) => requests.some(({ tokens }) => tokens[bucket] > 0));
  return [...FIRST, ...used.map(column), LAST];
}

const FIRST: Column<DerivedRequest>[] = [
  { title: "Time", left: true, value: row => row.at, draw: row => <Place row={row} /> },
  { title: "Model", left: true, value: row => row.model, draw: row => <Model row={row} /> },
  {
    title: "Request",
    left: true,
    wide: true,
    value: row => row.id,
    draw: row => <code title={row.id}>{row.id}</code>,
  },
];

function column([bucket, title]: (typeof BUCKETS)[number]): Column<DerivedRequest> {
  return {
    title,
    value: row => row.tokens[bucket],
    draw: row => <Bucket tokens={row.tokens[bucket]} rate={row.rates?.[bucket]} />,
  };
}

const LAST: Column<DerivedRequest> = {
  title: "Cost",
  value: row => (row.countedIn === null ? row.costUsd : 0),
  draw: row => <Cost row={row} />,
};

function Place({ row }: { row: DerivedRequest }): JSX.Element {
  const { transcript, offset, at } = row;
  const when = `${dayName(dayAt(at))}, ${exactClock(at)}`;
  if (transcript === null || offset === null) return <span title="Only telemetry told of it">{when}</span>;
  return (
    <Link title={`${transcript}, byte ${offset}`} onPress={() => void billHost.openLine(transcript, offset)}>
      {when}
    </Link>
  );
}

function Model({ row: { model, agent, pricedSince } }: { row: DerivedRequest }): JSX.Element {
  const since =
    pricedSince === null ? "the list price" : `the list price since ${dayName(dayAt(pricedSince))}`;
  return (
    <span title={`${model}, at ${since}`}>
      {modelName(model) || "unknown model"} {agent && <span class="by-agent">{agent}</span>}
    </span>
  );
}

function Bucket({ tokens, rate }: { tokens: number; rate: number | undefined }): JSX.Element {
  if (tokens === 0) return <span class="faint">0</span>;
  return (
    <>
      {tokens.toLocaleString("en")} <span class="aside">× {rate === undefined ? "?" : `$${rate}`}</span>
    </>
  );
}

function Cost({ row }: { row: DerivedRequest }): JSX.Element {
  const { costUsd, countedIn, rates, factor, webSearches, told } = row;
  const more = [
    factor !== 1 && `× ${factor} within the US`,
    webSearches > 0 && `+ ${count(webSearches, "web search").replace("searchs", "searches")} × $0.01`,
    told && "as Claude Code's telemetry said",
  ].filter(Boolean);
  if (countedIn !== null)
    return (
      <Link
        title="A copy: it counts in the session that this one was forked from"
        onPress={() => void billHost.openReplay(countedIn, null)}
      >
        <s>{exact(costUsd)}</s>
      </Link>
    );
  if (rates === null && !told) return <span class="dear">no price known</span>;
  return (
    <>
      {more.length > 0 && <span class="aside">{more.join(", ")} </span>}
      {exact(costUsd)}
    </>
  );
}

/** To the last billionth. */
function exact(dollars: number): string {
  return `$${dollars.toLocaleString("en", { minimumFractionDigits: 9, maximumFractionDigits: 9 })}`;
}
