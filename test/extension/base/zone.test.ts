import { afterEach, expect, test } from "vitest";
import { clock, moment } from "../../../extension/base/format.ts";
import { dayAt, startOfDay } from "../../../extension/base/usual.ts";
import { atWall, countTimeIn, isTimeZone, timeZone, wallAt } from "../../../extension/base/zone.ts";

afterEach(() => countTimeIn());

const at = (time: string) => Date.parse(time);

test.each([
  ["UTC", "2026-11-21T23:30:00Z", "2026-11-21", "23:30"],
  ["Europe/Berlin", "2026-11-21T23:30:00Z", "2026-11-22", "00:30"],
  ["America/New_York", "2026-11-22T04:59:59Z", "2026-11-21", "23:59"],
  ["Asia/Kolkata", "2026-11-21T18:30:00Z", "2026-11-22", "00:00"],
  ["Pacific/Chatham", "2026-11-21T10:15:00Z", "2026-11-22", "00:00"],
  // On these days the clocks are put forward, and back.
  ["Europe/Berlin", "2026-03-29T00:59:00Z", "2026-03-29", "01:59"],
  ["Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29", "03:00"],
  ["Europe/Berlin", "2026-10-25T00:59:00Z", "2026-10-25", "02:59"],
  ["Europe/Berlin", "2026-10-25T01:00:00Z", "2026-10-25", "02:00"],
])("in %s it is at %s on %s, %s", (zone, time, day, hour) => {
  countTimeIn(zone);
  expect([dayAt(at(time)), clock(at(time))]).toEqual([day, hour]);
});

test.each([
  ["Europe/Berlin", "2026-11-21", "2026-11-20T23:00:00Z"],
  ["Asia/Tokyo", "2026-11-21", "2026-11-20T15:00:00Z"],
  // A day of 23 hours, and the one after it.
  ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z"],
  ["Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z"],
  // A midnight that comes twice, and one that there was not.
  ["America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"],
  ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"],
])("in %s %s begins at %s", (zone, day, time) => {
  countTimeIn(zone);
  expect(startOfDay(day)).toBe(at(time));
  expect([dayAt(startOfDay(day)), dayAt(startOfDay(day) - 1) < day]).toEqual([day, true]);
});

test("what the clock shows is found again, at any hour of a year", () => {
  for (const zone of ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"]) {
    countTimeIn(zone);
    for (let time = at("2026-01-01T00:00:00Z"); time < at("2027-01-01T00:00:00Z"); time += 3_600_000)
      expect(wallAt(atWall(wallAt(time).getTime()))).toEqual(wallAt(time));
  }
});

test.each(["", "Mars/Olympus", "Europe/", 7, null, undefined])(
  "%j is none, and the machine's holds",
  name => {
    const machine = timeZone();
    expect(isTimeZone(name)).toBe(false);
    countTimeIn(name as string);
    expect(timeZone()).toBe(machine);
    const noon = new Date(2026, 6, 1, 12).getTime();
    expect([clock(noon), dayAt(noon)]).toEqual(["12:00", "2026-07-01"]);
  },
);

test("yesterday is that of the zone", () => {
  countTimeIn("Asia/Tokyo");
  expect(moment(at("2026-11-21T14:00:00Z"), at("2026-11-21T15:30:00Z"))).toBe("yesterday 23:00");
});
