import type { JSX } from "preact";
import { cents, money } from "../../../extension/base/format.ts";
import type { DerivationWanted } from "../../../extension/bill.ts";
import { Link } from "../link.tsx";

interface AmountProps {
  costUsd: number;
  of: DerivationWanted;
  onExplain: (wanted: DerivationWanted) => void;
}

/** An amount that says how it came about when it is opened. */
export function Amount({ costUsd, of, onExplain }: AmountProps): JSX.Element {
  return (
    <Link class="amount" title={`${money(costUsd)}: how it came about`} onPress={() => onExplain(of)}>
      {cents(costUsd)}
    </Link>
  );
}
