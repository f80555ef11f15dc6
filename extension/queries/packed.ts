import type { Cell, Kind, Missed, Spending } from "./cells.ts";

type Packed = [
  names: string[],
  cells: [...PackedKind, requests: number, calls: number, cost: number, tokens: number, amounts: number[]][],
  misses: [...PackedKind, cause: Missed["cause"], times: number, tokens: number, cost: number][],
];
type PackedKind = [day: number, hour: number, model: number, agent: number, skill: number, tool: number];

/** A session's spending as the store keeps it: as lists, because there are very many, with each name once. */
export function packed({ cells, misses }: Spending): string {
  const names = new Map<string, number>();
  const place = (name: string) => {
    const at = names.get(name) ?? names.size;
    names.set(name, at);
    return at;
  };
  const kind = ({ day, hour, model, agent, skill, tool }: Kind): PackedKind => [
    ...([day, hour] as const),
    ...([place(model), place(agent), place(skill), place(tool)] as const),
  ];
  const lists = [
    cells.map(cell => [...kind(cell), cell.requests, cell.calls, cell.cost, cell.tokens, cell.amounts]),
    misses.map(miss => [...kind(miss), miss.cause, miss.times, miss.tokens, miss.cost]),
  ];
  return JSON.stringify([[...names.keys()], ...lists]);
}

/** The same texts of all sessions as one: what is grouped by them a hundred thousand times is found sooner so. */
const texts = new Map<string, string>();

export function unpacked(text: string): Spending {
  const [words, cells, misses] = JSON.parse(text) as Packed;
  const names = words.map(one);
  const name = (place: number) => names[place] ?? "";
  const kind = (
    day: number,
    hour: number,
    model: number,
    agent: number,
    skill: number,
    tool: number,
  ): Kind => ({
    ...{ day, hour, model: name(model), agent: name(agent), skill: name(skill), tool: name(tool) },
  });
  return {
    cells: cells.map(
      ([day, hour, model, agent, skill, tool, requests, calls, cost, tokens, amounts]): Cell => {
        return { ...kind(day, hour, model, agent, skill, tool), requests, calls, cost, tokens, amounts };
      },
    ),
    misses: misses.map(([day, hour, model, agent, skill, tool, cause, times, tokens, cost]): Missed => {
      return { ...kind(day, hour, model, agent, skill, tool), cause, times, tokens, cost };
    }),
  };
}

function one(text: string): string {
  const known = texts.get(text);
  if (known === undefined) texts.set(text, text);
  return known ?? text;
}
