import { render } from "preact";
import { showMoneyIn } from "../extension/base/format.ts";
import { countTimeIn } from "../extension/base/zone.ts";
import { BillPage } from "./pages/bill.tsx";
import { ComparePage } from "./pages/compare.tsx";
import { ReplayPage } from "./pages/replay.tsx";
import { followPrinting } from "./paper.ts";
import "@vscode/codicons/dist/codicon.css";
import "./styles/page.css";
import "./styles/header.css";
import "./styles/outline.css";
import "./styles/rows.css";
import "./styles/cards.css";
import "./styles/code.css";
import "./styles/ansi.css";
import "./styles/player.css";
import "./styles/waterfall.css";
import "./styles/bill.css";
import "./styles/bill-figures.css";
import "./styles/bill-chart.css";
import "./styles/bill-tables.css";
import "./styles/bill-print.css";
import "./styles/compare.css";

/** The page that the host asked for in `<body data-page>`. */
const pages: Record<string, () => preact.JSX.Element> = {
  bill: () => <BillPage />,
  compare: () => <ComparePage />,
  replay: () => <ReplayPage />,
};

const { page: name = "", currency: code = "", rate, zone } = document.body.dataset;
countTimeIn(zone);
showMoneyIn({ code, rate: Number(rate) });
followPrinting();
const page = pages[name];
if (page) render(page(), document.body);
