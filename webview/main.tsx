import { render } from "preact";
import { ReplayPage } from "./pages/replay.tsx";
import "./style.css";

/** The page that the host asked for in `<body data-page>`. */
const pages: Record<string, () => preact.JSX.Element> = {
  replay: () => <ReplayPage />,
};

const page = pages[document.body.dataset.page ?? ""];
if (page) render(page(), document.body);
