/** The limit: the same file and the same statements in a SQLite that runs without WebAssembly. */
import { NodeEngine } from "./node-engine.ts";
import { serve } from "./serve.ts";

void serve("node:sqlite", async file => new NodeEngine(file));
