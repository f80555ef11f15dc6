import { useEffect, useState } from "preact/hooks";

/** What can wait until the page is on the screen: until it is made there is nothing, or what there was before. */
export function useLater<T extends object>(make: () => T, needs: unknown[]): T | undefined {
  const [made, setMade] = useState<T>();
  useEffect(() => {
    const timer = setTimeout(() => setMade(make()));
    return () => clearTimeout(timer);
  }, needs);
  return made;
}
