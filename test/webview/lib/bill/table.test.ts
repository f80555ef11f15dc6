import { expect, test } from "vitest";
import { type Column, fileOf, sortedBy, textOf } from "../../../../webview/lib/bill/table.ts";

interface Row {
  name: string;
  cost: number | null;
}

const COLUMNS: Column<Row>[] = [
  { title: "Name", value: row => row.name, draw: row => row.name },
  { title: "Cost", value: row => row.cost, draw: row => row.cost },
];
const ROWS: Row[] = [
  { name: "b", cost: 10 },
  { name: 'a, "quoted"\nline', cost: 9 },
  { name: "=cmd()", cost: null },
];

test.each<[string, boolean, string[]]>([
  ["Name", false, ["=cmd()", 'a, "quoted"\nline', "b"]],
  ["Cost", true, ["b", 'a, "quoted"\nline', "=cmd()"]],
  ["No such column", true, ["b", 'a, "quoted"\nline', "=cmd()"]],
])("by %s, descending %s", (column, descending, names) => {
  expect(sortedBy(ROWS, COLUMNS, { column, descending }).map(row => row.name)).toEqual(names);
});

test("as CSV it is quoted where it has to be, and no formula acts", () => {
  expect(fileOf(ROWS, COLUMNS, "csv")).toBe(`Name,Cost\nb,10\n"a, ""quoted""\nline",9\n'=cmd(),\n`);
  expect(
    fileOf(
      [
        { name: "-1.5", cost: -2 },
        { name: "-x", cost: 0 },
      ],
      COLUMNS,
      "csv",
    ),
  ).toBe("Name,Cost\n-1.5,-2\n'-x,0\n");
});

test("as JSON it says what each value is", () => {
  expect(JSON.parse(fileOf(ROWS, COLUMNS, "json"))[1]).toEqual({ Name: 'a, "quoted"\nline', Cost: 9 });
});

test("it is pasted with a line for each row", () => {
  expect(textOf(ROWS, COLUMNS)).toBe('Name\tCost\nb\t10\na, "quoted" line\t9\n=cmd()\t\n');
});
