/** The name that a person gives to the day of a time. */
export function dayLabel(at: number, now: number): string {
  const then = new Date(at);
  const back = (days: number) => {
    const day = new Date(now);
    day.setDate(day.getDate() - days);
    return day.toDateString() === then.toDateString();
  };
  if (back(0)) return "Today";
  if (back(1)) return "Yesterday";
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  const options = { weekday: "short", day: "numeric", month: "short" } as const;
  return then.toLocaleDateString("en-GB", sameYear ? options : { ...options, year: "numeric" });
}
